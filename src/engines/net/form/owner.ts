import type { LabelLookup } from '../../../lang/calico-selector/selector-node.ts';
import type { Cidr } from '../../../lang/addresses/cidr.ts';
import type { ObjectName } from './normal-form.ts';

/** Something that addresses belong to and that selectors match: a pod, a host endpoint or a network set. */
export interface Owner {
  readonly kind: 'pod' | 'host' | 'set';
  readonly object: ObjectName;
  readonly labels: LabelLookup;
  /** An endpoint's own addresses are blocks of one address each. */
  readonly nets: readonly Cidr[];
  /** A network set has none. */
  readonly ports: readonly NamedPort[];
}

/** A port to which an endpoint gave a name. */
export interface NamedPort {
  readonly name: string;
  readonly protocol: number;
  readonly port: number;
}

/** An owner that policies act on. */
export interface Endpoint extends Owner {
  readonly kind: 'pod' | 'host';
  readonly node: string;
  /** Names of profiles, in the order in which their rules and labels count. */
  readonly profiles: readonly string[];
  /** Of a host endpoint: an interface name, `*` for all, or '' when only its addresses tell. */
  readonly interfaceName: string;
}

/** An object's own labels, then those of its profiles: the first that has a label gives its value. */
export class InheritedLabels implements LabelLookup {
  readonly isUnknown?: (name: string) => boolean;
  private readonly own: ReadonlyMap<string, string>;
  private readonly parents: readonly ReadonlyMap<string, string>[];

  /** `openPrefixes`: what the labels begin with of which there may be more than are known. */
  constructor(
    own: ReadonlyMap<string, string>,
    parents: readonly ReadonlyMap<string, string>[],
    openPrefixes: readonly string[] = [],
  ) {
    this.own = own;
    this.parents = parents;
    if (openPrefixes.length > 0) {
      this.isUnknown = (name) => openPrefixes.some((prefix) => name.startsWith(prefix)) && this.get(name) === undefined;
    }
  }

  get(name: string): string | undefined {
    const own = this.own.get(name);
    if (own !== undefined) return own;
    for (const parent of this.parents) {
      const value = parent.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** Every label that is known, with its value. */
  *entries(): Generator<readonly [string, string]> {
    const names = new Set([this.own, ...this.parents].flatMap((labels) => [...labels.keys()]));
    for (const name of names) {
      const value = this.get(name);
      if (value !== undefined) yield [name, value];
    }
  }
}
