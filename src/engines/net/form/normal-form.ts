import type { SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import type { Cidr } from '../../../lang/addresses/cidr.ts';
import type { PortRange } from '../../../lang/addresses/port-range.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import type { ManifestObject } from '../../../model/object.ts';
import type { FieldPath } from '../../../text/tree.ts';

/*
 * What every kind of policy becomes: the model that Calico's felix works on. All match criteria are data (selectors, blocks,
 * port ranges), so that the same form can be evaluated for one packet and for sets of packets.
 */

export type Family = 4 | 6;
/** As seen from the pod or host endpoint that a policy applies to. */
export type Direction = 'ingress' | 'egress';
export type RuleAction = 'allow' | 'deny' | 'pass' | 'log';

/** The kinds of policy, by the names under which felix sorts and reports them. */
export type PolicyKind =
  | 'NetworkPolicy'
  | 'GlobalNetworkPolicy'
  | 'StagedNetworkPolicy'
  | 'StagedGlobalNetworkPolicy'
  | 'StagedKubernetesNetworkPolicy'
  | 'KubernetesNetworkPolicy'
  | 'KubernetesClusterNetworkPolicy';

/** An object of the input: its namespace is '' for a kind of cluster scope. */
export interface ObjectName {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Where it was written; absent for an object that exists without being written. */
  readonly manifest?: ManifestObject;
  /** Of a pod that a manifest leads to. */
  readonly source?: PodSource;
}

/** Where in its object a policy or rule was written. */
export interface Origin {
  readonly object: ObjectName;
  readonly path: FieldPath;
}

/** One policy, selected per endpoint and evaluated in the order of its tier. */
export interface Policy {
  readonly kind: PolicyKind;
  readonly name: string;
  readonly namespace: string;
  readonly tier: string;
  /** Infinity when none was given: after every number. */
  readonly order: number;
  /** Staged policies are sorted and shown, but decide nothing. */
  readonly staged: boolean;
  readonly selector: SelectorNode;
  readonly governs: Readonly<Record<Direction, boolean>>;
  /** In which stage of a host endpoint it acts; only `normal` ones act on pods. */
  readonly stage: 'normal' | 'preDNAT' | 'untracked';
  readonly applyOnForward: boolean;
  readonly rules: Readonly<Record<Direction, readonly Rule[]>>;
  readonly origin: Origin;
  /** Why it is not known whether and when it applies, where that is not known: sentences, lower case, no full stop. */
  readonly unsettled?: readonly string[];
}

/** A tier of Calico, or of Kubernetes policies in the place where Calico evaluates them. */
export interface Tier {
  readonly name: string;
  readonly order: number;
  readonly defaultAction: 'Deny' | 'Pass';
  /** Sorted as felix sorts them. */
  readonly policies: readonly Policy[];
}

/** All criteria must hold; an absent one always does. */
export interface Rule {
  readonly action: RuleAction;
  readonly family?: Family;
  readonly protocol?: number;
  readonly notProtocol?: number;
  readonly icmp?: IcmpMatch;
  readonly notIcmp?: IcmpMatch;
  readonly source: PeerMatch;
  readonly destination: PeerMatch;
  /** Only Dikastes looks at it; every kernel data path allows the whole TCP match. */
  readonly http?: HttpMatch;
  readonly origin: Origin;
}

export interface IcmpMatch {
  readonly type: number;
  readonly code?: number;
}

/** One end of a rule. */
export interface PeerMatch {
  /** The address must belong to an endpoint or network set that this matches (the negated selector is already inside it). */
  readonly selector?: SelectorNode;
  /** Only where there is no `selector`: the address must belong to none that this matches. */
  readonly notSelector?: SelectorNode;
  /** A list without a block of the packet's family never matches, whichever sign it has. */
  readonly nets?: readonly Cidr[];
  readonly notNets?: readonly Cidr[];
  readonly ports?: PortMatch;
  readonly notPorts?: PortMatch;
  readonly service?: ServiceMatch;
  /** Why it is not known what else must hold: sentences, lower case, no full stop. */
  readonly unsettled?: readonly string[];
}

/** Numbers and names are alternatives; a name stands for the ports that endpoints themselves call so. */
export interface PortMatch {
  readonly ranges: readonly PortRange[];
  readonly names: readonly string[];
}

/** The addresses behind a Service; with `ports`, the target port and protocol must be right too. */
export interface ServiceMatch {
  readonly namespace: string;
  readonly name: string;
  readonly ports: boolean;
}

export interface HttpMatch {
  readonly methods: readonly string[];
  readonly paths: readonly { readonly kind: 'exact' | 'prefix'; readonly path: string }[];
}

/** Rules that apply to an endpoint after all tiers, and labels that it inherits. */
export interface Profile {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  /** What the labels begin with of which there may be more than those. */
  readonly openPrefix?: string;
  readonly rules: Readonly<Record<Direction, readonly Rule[]>>;
}
