import { compareBytes } from '../../lang/byte-order.ts';
import { goQuote } from '../../lang/go-quote.ts';
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
import { aggregateMessages } from '../index/field-error.ts';
import { createdName, withPlainPrefix } from '../index/generated-name.ts';
import { storageGroup } from '../index/identity.ts';
import { objectsOfKind } from '../index/object-index.ts';
import { policyErrors } from '../validation/policy-validation.ts';
import type { RefusedObject, Stored } from './stored-rbac.ts';

/** A PodSecurityPolicy as the API server keeps it: defaulted, fields of closed feature gates gone. */
export interface StoredPolicy {
  readonly object: ManifestObject;
  readonly name: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: PodSecurityPolicySpec & { readonly allowPrivilegeEscalation: boolean };
}

/** The PodSecurityPolicies of a cluster in byte order of their names, and the manifests that its API server would not store. */
export interface StoredPolicies {
  readonly policies: readonly StoredPolicy[];
  readonly refused: readonly RefusedObject[];
}

const LAST_IN_EXTENSIONS = 15;
const LAST_MINOR = 24;
/**
 * The PodSecurityPolicies that exist in a cluster of its version; none from 1.25 on, and none written for `extensions/v1beta1` from 1.16
 * on, where that group stopped being served. Memoised per cluster.
 */
export function storedPolicies(cluster: Cluster): StoredPolicies {
  return memo(cluster, collect);
}

function collect(cluster: Cluster): StoredPolicies {
  const server = podServer(cluster);
  const policies = new Map<string, StoredPolicy>();
  const refused: RefusedObject[] = [];
  // A superseded manifest stays what it is where the server refuses the one that comes after it.
  const superseded = cluster.superseded.filter(
    ({ group, kind }) => kind === 'PodSecurityPolicy' && storageGroup(group, kind) === 'policy',
  );
  for (const object of [...superseded, ...objectsOfKind(cluster, 'policy', 'PodSecurityPolicy')]) {
    const result = storedPolicy(object, objectValue(object, cluster.version.value), server);
    if ('refused' in result) refused.push(result.refused);
    else policies.set(result.stored.name, result.stored);
  }
  const inOrder = [...policies.values()].sort((left, right) => compareBytes(left.name, right.name));
  return { policies: inOrder, refused };
}

/**
 * What the server makes of a PodSecurityPolicy on creation. Mirrors pkg/apis/policy/v1beta1 defaults, pkg/api/podsecuritypolicy and
 * pkg/registry/policy/podsecuritypolicy, v1.24.
 */
export function storedPolicy(object: ManifestObject, value: JsonObject, server: PodServer): Stored<StoredPolicy> {
  const { minor } = server;
  if (minor > LAST_MINOR || (object.group === 'extensions' && minor > LAST_IN_EXTENSIONS)) {
    const message = `no matches for kind "PodSecurityPolicy" in version ${goQuote(object.apiVersion)}`;
    return { refused: { object, message, errors: [] } };
  }
  const written: ObjectMeta = normalize(podShape('ObjectMeta', minor), value.metadata, minor);
  const metadata = { ...written, name: createdName(written), namespace: '' };
  const spec = normalize(policySpecShape(), value.spec, minor) as PodSecurityPolicySpec;
  const stored = { ...spec, allowPrivilegeEscalation: spec.allowPrivilegeEscalation ?? true };
  if (!server.procMountType) delete stored.allowedProcMountTypes;
  const annotations = metadata.annotations ?? {};
  const errors = policyErrors(withPlainPrefix(metadata), stored, minor);
  if (errors.length > 0) {
    const list = aggregateMessages(errors.map((error) => error.message));
    const message = `PodSecurityPolicy.policy ${goQuote(metadata.name)} is invalid: ${list}`;
    return { refused: { object, message, errors } };
  }
  return { stored: { object, name: metadata.name, annotations, spec: stored } };
}
