import type { FieldPath } from '../../text/tree.ts';
import { items, list, record, text } from '../json.ts';
import type { Json, JsonObject } from '../object.ts';

/*
 * Network policies as their manifests spell them: NetworkPolicies of Kubernetes, and the policies of Calico in both of its groups. A rule of
 * either is read into the same shape, so that code that reads peers and ports need not know which it is.
 */

/** The kinds of policy that are read; staged policies of Kubernetes are left out, because they hold what Calico does not check. */
export type NetworkPolicyKind =
  'NetworkPolicy' | 'GlobalNetworkPolicy' | 'StagedNetworkPolicy' | 'StagedGlobalNetworkPolicy';

/** The group in which Calico stores its resources; what is written to it directly gets neither defaults nor validation. */
export const storedCalicoGroup = 'crd.projectcalico.org';

const calicoGroupNames = ['projectcalico.org', storedCalicoGroup] as const;
const calicoGroups: ReadonlySet<string> = new Set(calicoGroupNames);

/** Kinds of Calico, each in both of its groups: `projectcalico.org/Tier`. `*` is every kind. */
export function calicoKinds<const Kind extends string>(
  ...kinds: readonly Kind[]
): readonly `${(typeof calicoGroupNames)[number]}/${Kind}`[] {
  return calicoGroupNames.flatMap((group) => kinds.map((kind) => `${group}/${kind}` as const));
}

/** The policies of Calico that have rules of their own. */
export const calicoPolicyKinds = calicoKinds(
  'NetworkPolicy',
  'GlobalNetworkPolicy',
  'StagedNetworkPolicy',
  'StagedGlobalNetworkPolicy',
);

/** Whether an object is of Calico, in either of its groups. */
export function isCalicoGroup(group: string): boolean {
  return calicoGroups.has(group);
}

/** The kinds that decide about traffic: policies of every sort, and what Calico reads beside them. */
export const trafficKinds = [
  'networking.k8s.io/NetworkPolicy',
  'extensions/NetworkPolicy',
  'policy.networking.k8s.io/*',
  ...calicoKinds('*'),
] as const;

/** What a policy says. */
export interface NetworkPolicyView {
  readonly kind: NetworkPolicyKind;
  /** `NetworkPolicy`, or Calico's kind with the word Calico before it. */
  readonly kindTitle: string;
  readonly isCalico: boolean;
  /** Whether it is for the group `crd.projectcalico.org`, past defaults and validation. */
  readonly isStored: boolean;
  readonly isGlobal: boolean;
  readonly isStaged: boolean;
  readonly spec: JsonObject;
  readonly rules: readonly PolicyRuleView[];
}

/** One rule of a policy. */
export interface PolicyRuleView {
  readonly direction: 'ingress' | 'egress';
  readonly path: FieldPath;
  readonly value: JsonObject;
  /** The other ends that it names; none is everybody. */
  readonly peers: readonly PeerView[];
  /** The ports of the destination that it names; none is all. */
  readonly ports: readonly PolicyPortView[];
}

export interface PeerView {
  readonly path: FieldPath;
  readonly value: JsonObject;
  /** Blocks of addresses, each with what is taken out of it. */
  readonly blocks: readonly BlockView[];
}

export interface BlockView {
  readonly path: FieldPath;
  readonly text: string;
  readonly except: readonly { readonly path: FieldPath; readonly text: string }[];
}

/** A port of the destination. */
export interface PolicyPortView {
  readonly path: FieldPath;
  /** '' where a rule of Calico names none. */
  readonly protocol: string;
  /** A number, the first of a range, or a name; absent: every port. */
  readonly port?: number | string;
  readonly last?: number;
}

type Direction = PolicyRuleView['direction'];

/** Whether objects of a kind are such policies. */
export function isNetworkPolicy(group: string, kind: string): boolean {
  if (group === 'networking.k8s.io' || group === 'extensions') return kind === 'NetworkPolicy';
  return isCalicoGroup(group) && isPolicyKind(kind);
}

/** Reads a policy as it is written; undefined for an object that is none. */
export function readNetworkPolicy(group: string, kind: string, policy: JsonObject): NetworkPolicyView | undefined {
  if (!isPolicyKind(kind) || !isNetworkPolicy(group, kind)) return undefined;
  const isCalico = isCalicoGroup(group);
  const spec = record(policy.spec);
  return {
    kind,
    kindTitle: isCalico ? `Calico ${kind}` : kind,
    isCalico,
    isStored: group === storedCalicoGroup,
    isGlobal: kind.endsWith('GlobalNetworkPolicy'),
    isStaged: kind.startsWith('Staged'),
    spec,
    rules: (['ingress', 'egress'] as const).flatMap((direction) =>
      items(spec[direction]).map(([index, value]): PolicyRuleView => {
        const path = ['spec', direction, index];
        const parts = isCalico ? calicoParts(direction, path, value) : kubernetesParts(direction, path, value);
        return { direction, path, value, ...parts };
      }),
    ),
  };
}

function isPolicyKind(kind: string): kind is NetworkPolicyKind {
  return /^(?:Staged)?(?:Global)?NetworkPolicy$/.test(kind);
}

type Parts = Pick<PolicyRuleView, 'peers' | 'ports'>;

function kubernetesParts(direction: Direction, path: FieldPath, rule: JsonObject): Parts {
  const key = direction === 'ingress' ? 'from' : 'to';
  const peers = items(rule[key]).map(([index, value]): PeerView => {
    const at = [...path, key, index];
    const { cidr, except } = record(value.ipBlock);
    const blocks =
      typeof cidr === 'string'
        ? [{ path: [...at, 'ipBlock', 'cidr'], text: cidr, except: placed(except, [...at, 'ipBlock', 'except']) }]
        : [];
    return { path: at, value, blocks };
  });
  const ports = items(rule.ports).map(([index, { port, protocol, endPort }]): PolicyPortView => {
    const at = [...path, 'ports', index];
    const isGiven = typeof port === 'number' || typeof port === 'string';
    return {
      path: isGiven ? [...at, 'port'] : at,
      protocol: typeof protocol === 'string' ? protocol : 'TCP',
      ...(isGiven ? { port } : {}),
      ...(typeof endPort === 'number' ? { last: endPort } : {}),
    };
  });
  return { peers, ports };
}

const calicoCriteria = [
  'selector',
  'notSelector',
  'namespaceSelector',
  'serviceAccounts',
  'services',
  'nets',
  'notNets',
];

function calicoParts(direction: Direction, path: FieldPath, rule: JsonObject): Parts {
  const other = direction === 'ingress' ? 'source' : 'destination';
  const value = record(rule[other]);
  const at = [...path, other];
  const except = placed(value.notNets, [...at, 'notNets']);
  const blocks = placed(value.nets, [...at, 'nets']).map((block) => ({ ...block, except }));
  const isNamed = calicoCriteria.some((key) => value[key] !== undefined && value[key] !== null);
  const protocol = text(rule.protocol);
  const ports = list(record(rule.destination).ports).flatMap((port, index): readonly PolicyPortView[] => {
    const portPath = [...path, 'destination', 'ports', index];
    if (typeof port !== 'number' && typeof port !== 'string') return [];
    const range = typeof port === 'string' ? /^(\d+):(\d+)$/.exec(port) : null;
    if (range !== null) return [{ path: portPath, protocol, port: Number(range[1]), last: Number(range[2]) }];
    const isNumber = typeof port === 'number' || /^\d+$/.test(port);
    return [{ path: portPath, protocol, port: isNumber ? Number(port) : port }];
  });
  return { peers: isNamed ? [{ path: at, value, blocks }] : [], ports };
}

function placed(
  value: Json | undefined,
  path: FieldPath,
): readonly { readonly path: FieldPath; readonly text: string }[] {
  return list(value).flatMap((each, index) =>
    typeof each === 'string' ? [{ path: [...path, index], text: each }] : [],
  );
}

/** A field that holds a selector of Calico. */
export interface SelectorField {
  readonly path: FieldPath;
  readonly text: string;
}

const selectorKeys: ReadonlySet<string> = new Set([
  'selector',
  'notSelector',
  'namespaceSelector',
  'serviceAccountSelector',
  'nodeSelector',
]);

/** Every field below a value that holds a selector of Calico, with its path from `path` on. */
export function selectorFields(value: Json | undefined, path: FieldPath): readonly SelectorField[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => selectorFields(item, [...path, index]));
  return Object.entries(record(value)).flatMap(([key, item]) =>
    selectorKeys.has(key) && typeof item === 'string'
      ? [{ path: [...path, key], text: item }]
      : selectorFields(item, [...path, key]),
  );
}
