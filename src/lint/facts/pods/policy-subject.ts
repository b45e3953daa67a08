import type { PodSecurityPolicySpec } from '../../../model/kinds/pod-security-policy.ts';
import type { ManifestObject } from '../../../model/object.ts';

/** A PodSecurityPolicy of the cluster. */
export interface PolicySubject {
  readonly object: ManifestObject;
  readonly name: string;
  /** As written, wrongly typed fields absent; empty when there is none. */
  readonly spec: PodSecurityPolicySpec;
  readonly annotations: Readonly<Record<string, string>>;
}
