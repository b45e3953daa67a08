import type { Cluster } from '../../cluster/index/cluster.ts';
import { namespaceOf } from '../../cluster/index/object-index.ts';
import { decodeCalicoRules } from '../../engines/net/objects/calico-resource.ts';
import { JsonDecoder } from '../../engines/net/objects/decode-json.ts';
import { within } from '../../engines/net/objects/validate/field-problem.ts';
import type { FieldProblem } from '../../engines/net/objects/validate/field-problem.ts';
import { portsWithoutProtocol } from '../../engines/net/objects/validate/validate-calico-rule.ts';
import { policyText, type PolicyText } from '../../engines/net/model/written-policies.ts';
import { parseSelector } from '../../lang/calico-selector/parse-selector.ts';
import type { SelectorNode } from '../../lang/calico-selector/selector-node.ts';
import { isCalicoGroup, type SelectorField, selectorFields } from '../../model/kinds/network-policy.ts';
import { specAsWritten } from '../../model/as-written.ts';
import type { JsonObject, ManifestObject } from '../../model/object.ts';
import type { FieldPath } from '../../text/tree.ts';
import { type Place, resolvePlace } from '../finding/place.ts';
import { ENTERPRISE_FIELDS, isForEnterprise } from '../knowledge/calico-enterprise.ts';
import type { FactContext } from './fact-context.ts';

/** Questions about Calico's own objects, as they are written. */
export interface CalicoFacts {
  /** The policy that an object is; undefined for other kinds. */
  policy(object: ManifestObject): PolicyText | undefined;
  /** Every field of a Calico object that holds a selector. */
  selectorsOf(object: ManifestObject): readonly SelectorField[];
  /** What a selector says, or why it cannot be read: Calico's words, and where in the text. */
  parse(text: string): SelectorNode | { readonly message: string; readonly start: number; readonly end: number };
  /** The rules of a policy that name ports without a protocol that has ports, with Calico's words. */
  portProblems(policy: PolicyText): readonly { readonly path: FieldPath; readonly message: string }[];
  /** The policy that a staged policy would replace or delete; undefined for other kinds. */
  stagedTarget(object: ManifestObject): StagedTarget | undefined;
  /** Whether an object is of Calico, in either of its groups. */
  isCalico(object: ManifestObject): boolean;
  /** Whether a place is a field of a Calico object that only Calico Enterprise and Calico Cloud have. */
  isEnterpriseField(place: Place): boolean;
  /** Whether the manifests are for Calico Enterprise or Calico Cloud. */
  readonly isEnterprise: boolean;
  /** The spec of an object, as plain JSON. */
  specOf(object: ManifestObject): JsonObject;
}

/** A policy that a staged policy stands for. */
export interface StagedTarget {
  readonly group: string;
  readonly kind: string;
  /** '' for a GlobalNetworkPolicy. */
  readonly namespace: string;
  readonly name: string;
}

/** Reads what is written. */
export function calicoFacts({ cluster }: FactContext): CalicoFacts {
  const isCalico = ({ group }: ManifestObject): boolean => isCalicoGroup(group);
  return {
    isCalico,
    isEnterpriseField: (place) => {
      const { object, path } = resolvePlace(place);
      const field = path.at(-1);
      return object !== undefined && isCalico(object) && typeof field === 'string' && ENTERPRISE_FIELDS.has(field);
    },
    get isEnterprise() {
      return cluster.objects.some(isForEnterprise);
    },
    specOf: specAsWritten,
    parse: parseSelector,
    portProblems,
    stagedTarget: (object) => (isCalico(object) ? stagedTarget(cluster, object) : undefined),
    policy: (object) => (isCalico(object) ? policyText(cluster, object) : undefined),
    selectorsOf: (object) => (isCalico(object) ? selectorFields(specAsWritten(object), ['spec']) : []),
  };
}

function portProblems({ spec }: PolicyText): readonly FieldProblem[] {
  const decoder = new JsonDecoder();
  return (['ingress', 'egress'] as const).flatMap((direction) =>
    decodeCalicoRules(decoder, spec, direction).flatMap(
      (rule, index) => within(['spec', direction, index], portsWithoutProtocol(rule)) ?? [],
    ),
  );
}

const stagedKinds: Readonly<Record<string, Pick<StagedTarget, 'kind'> & { readonly group?: string }>> = {
  StagedNetworkPolicy: { kind: 'NetworkPolicy' },
  StagedGlobalNetworkPolicy: { kind: 'GlobalNetworkPolicy' },
  StagedKubernetesNetworkPolicy: { kind: 'NetworkPolicy', group: 'networking.k8s.io' },
};

function stagedTarget(cluster: Cluster, object: ManifestObject): StagedTarget | undefined {
  const target = stagedKinds[object.kind];
  if (target === undefined) return undefined;
  const namespace = target.kind === 'GlobalNetworkPolicy' ? '' : namespaceOf(cluster, object);
  return { group: object.group, ...target, namespace, name: object.name };
}
