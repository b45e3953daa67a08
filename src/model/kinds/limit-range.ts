import type { KubernetesObject } from './metadata.ts';

/*
 * LimitRanges (core/v1).
 * Field by field as k8s.io/api v0.37 has them; every field is optional, because a manifest may leave out anything, and an
 * absent or wrongly typed field is absent here.
 */

/** What the containers, pods and claims of a namespace may ask for, and what they get where they ask for nothing. */
export interface LimitRange extends KubernetesObject {
  readonly spec?: LimitRangeSpec;
}

export interface LimitRangeSpec {
  readonly limits?: readonly LimitRangeItem[];
}

export interface LimitRangeItem {
  readonly type?: string;
  readonly max?: Readonly<Record<string, string>>;
  readonly min?: Readonly<Record<string, string>>;
  readonly default?: Readonly<Record<string, string>>;
  readonly defaultRequest?: Readonly<Record<string, string>>;
  readonly maxLimitRequestRatio?: Readonly<Record<string, string>>;
}
