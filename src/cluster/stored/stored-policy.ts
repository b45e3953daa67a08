import { compareBytes } from '../../lang/byte-order.ts';
import { memo } from '../../lang/memo.ts';
import type { ObjectMeta } from '../../model/kinds/metadata.ts';
import type { PodSecurityPolicySpec } from '../../model/kinds/pod-security-policy.ts';
import { objectValue } from '../../model/object-value.ts';
import type { JsonObject, ManifestObject } from '../../model/object.ts';
import type { Cluster } from '../index/cluster.ts';
import { podShape } from '../defaults/pod-shape.ts';
import { policySpecShape } from '../defaults/policy-shape.ts';
import { normalize } from '../defaults/shape.ts';
import { type PodServer, podServer } from '../index/feature-gates.ts';
import { createdName } from '../index/generated-name.ts';
import { objectsOfKind } from '../index/object-index.ts';

/** A PodSecurityPolicy as the API server keeps it: defaulted, fields of closed feature gates gone. */
export interface StoredPolicy {
  readonly object: ManifestObject;
  readonly name: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: PodSecurityPolicySpec & { readonly allowPrivilegeEscalation: boolean };
}

/** The PodSecurityPolicies that exist in a cluster, in byte order of their names. Memoised per cluster. */
export function storedPolicies(cluster: Cluster): readonly StoredPolicy[] {
  return memo(cluster, collect);
}

function collect(cluster: Cluster): readonly StoredPolicy[] {
  const server = podServer(cluster);
  return objectsOfKind(cluster, 'policy', 'PodSecurityPolicy')
    .map((object) => storedPolicy(object, objectValue(object, cluster.version.value), server))
    .sort((left, right) => compareBytes(left.name, right.name));
}

/** What the server makes of a PodSecurityPolicy on creation. Mirrors pkg/apis/policy/v1beta1 defaults and pkg/api/podsecuritypolicy, v1.24. */
export function storedPolicy(object: ManifestObject, value: JsonObject, server: PodServer): StoredPolicy {
  const { minor } = server;
  const metadata: ObjectMeta = normalize(podShape('ObjectMeta', minor), value.metadata, minor);
  const spec = normalize(policySpecShape(), value.spec, minor) as PodSecurityPolicySpec;
  const stored = { ...spec, allowPrivilegeEscalation: spec.allowPrivilegeEscalation ?? true };
  if (!server.procMountType) delete stored.allowedProcMountTypes;
  return { object, name: createdName(metadata), annotations: metadata.annotations ?? {}, spec: stored };
}
