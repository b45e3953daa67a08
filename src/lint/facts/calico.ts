import type { Cluster } from '../../cluster/index/cluster.ts';
import { namespaceOf } from '../../cluster/index/object-index.ts';
import { decodeCalicoRules } from '../../engines/net/objects/calico-resource.ts';
import { JsonDecoder } from '../../engines/net/objects/decode-json.ts';
import { portsWithoutProtocol } from '../../engines/net/objects/validate/validate-calico-rule.ts';
import type { CalicoPolicyKind } from '../../engines/net/objects/calico-resource.ts';
import { storedGroup } from '../../engines/net/objects/read-calico-policy.ts';
import type { Direction } from '../../engines/net/form/normal-form.ts';
import { parseSelector } from '../../lang/calico-selector/parse-selector.ts';
import type { SelectorNode } from '../../lang/calico-selector/selector-node.ts';
import { list, record } from '../../model/json.ts';
import { specAsWritten } from '../../model/as-written.ts';
import type { Json, JsonObject, ManifestObject } from '../../model/object.ts';
import type { FieldPath } from '../../text/tree.ts';

/** A policy of Calico as it is written. */
export interface CalicoPolicy {
  readonly object: ManifestObject;
  readonly kind: CalicoPolicyKind;
  /** `GlobalNetworkPolicy deny`, `NetworkPolicy shop/deny`. */
  readonly title: string;
  /** Whether it is for the group `crd.projectcalico.org`, past defaults and validation. */
  readonly isStored: boolean;
  readonly isGlobal: boolean;
  readonly isStaged: boolean;
  /** '' for a global one. */
  readonly namespace: string;
  readonly spec: JsonObject;
  readonly rules: readonly CalicoRuleText[];
}

/** One rule as it is written. */
export interface CalicoRuleText {
  readonly direction: Direction;
  readonly path: FieldPath;
  readonly value: JsonObject;
  readonly source: JsonObject;
  readonly destination: JsonObject;
}

/** A field that holds a selector. */
export interface SelectorField {
  readonly path: FieldPath;
  readonly text: string;
}

/** Questions about Calico's own objects, as they are written. */
export interface CalicoFacts {
  /** The policy that an object is; undefined for other kinds. */
  policy(object: ManifestObject): CalicoPolicy | undefined;
  /** Every field of a Calico object that holds a selector. */
  selectorsOf(object: ManifestObject): readonly SelectorField[];
  /** What a selector says, or why it cannot be read: Calico's words, and where in the text. */
  parse(text: string): SelectorNode | { readonly message: string; readonly start: number; readonly end: number };
  /** The rules of a policy that name ports without a protocol that has ports, with Calico's words. */
  portProblems(policy: CalicoPolicy): readonly { readonly path: FieldPath; readonly message: string }[];
  /** Whether an object is of Calico, in either of its groups. */
  isCalico(object: ManifestObject): boolean;
  /** The spec of an object, as plain JSON. */
  specOf(object: ManifestObject): JsonObject;
}

const groups: ReadonlySet<string> = new Set(['projectcalico.org', storedGroup]);
const policyKinds: readonly string[] = [
  'NetworkPolicy',
  'GlobalNetworkPolicy',
  'StagedNetworkPolicy',
  'StagedGlobalNetworkPolicy',
] satisfies readonly CalicoPolicyKind[];

/** Reads what is written. */
export function calicoFacts(cluster: Cluster): CalicoFacts {
  const known = new WeakMap<ManifestObject, CalicoPolicy>();
  const isCalico = ({ group }: ManifestObject): boolean => groups.has(group);
  return {
    isCalico,
    specOf: specAsWritten,
    parse: parseSelector,
    portProblems,
    policy: (object) => {
      const made = known.get(object);
      if (made !== undefined || !isCalico(object) || !isPolicyKind(object.kind)) return made;
      const policy = readPolicy(object, object.kind, namespaceOf(cluster, object));
      known.set(object, policy);
      return policy;
    },
    selectorsOf: (object) => (isCalico(object) ? fieldsIn(specAsWritten(object), ['spec']) : []),
  };
}

function isPolicyKind(kind: string): kind is CalicoPolicyKind {
  return policyKinds.includes(kind);
}

function readPolicy(object: ManifestObject, kind: CalicoPolicyKind, namespace: string): CalicoPolicy {
  const spec = specAsWritten(object);
  const isGlobal = kind.endsWith('GlobalNetworkPolicy');
  const rules = (['ingress', 'egress'] as const).flatMap((direction) => {
    return list(spec[direction]).map((item, index): CalicoRuleText => {
      const value = record(item);
      const [source, destination] = [record(value.source), record(value.destination)];
      return { direction, path: ['spec', direction, index], value, source, destination };
    });
  });
  return {
    object,
    kind,
    title: isGlobal ? `${kind} ${object.name}` : `${kind} ${namespace}/${object.name}`,
    isStored: object.group === storedGroup,
    isGlobal,
    isStaged: kind.startsWith('Staged'),
    namespace: isGlobal ? '' : namespace,
    spec,
    rules,
  };
}

function portProblems({ spec }: CalicoPolicy): readonly { readonly path: FieldPath; readonly message: string }[] {
  const decoder = new JsonDecoder();
  return (['ingress', 'egress'] as const).flatMap((direction) =>
    decodeCalicoRules(decoder, spec, direction).flatMap((rule, index) => {
      const message = portsWithoutProtocol(rule);
      const end = rule.destination.ports.length + rule.destination.notPorts.length > 0 ? 'destination' : 'source';
      const field = rule[end].ports.length > 0 ? 'ports' : 'notPorts';
      return message === undefined ? [] : [{ path: ['spec', direction, index, end, field], message }];
    }),
  );
}

const selectorKeys: ReadonlySet<string> = new Set([
  'selector',
  'notSelector',
  'namespaceSelector',
  'serviceAccountSelector',
  'nodeSelector',
]);

function fieldsIn(value: Json | undefined, path: FieldPath): readonly SelectorField[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => fieldsIn(item, [...path, index]));
  return Object.entries(record(value)).flatMap(([key, item]) =>
    selectorKeys.has(key) && typeof item === 'string'
      ? [{ path: [...path, key], text: item }]
      : fieldsIn(item, [...path, key]),
  );
}
