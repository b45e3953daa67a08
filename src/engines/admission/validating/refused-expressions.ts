import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { FieldError } from '../../../cluster/index/field-error.ts';
import { memo } from '../../../lang/memo.ts';
import { readAdmissionPolicy } from '../../../model/kinds/admission-policy.ts';
import { objectValue } from '../../../model/object-value.ts';
import type { ManifestObject } from '../../../model/object.ts';
import { expressionErrors } from '../policies/expression-errors.ts';
import { baseEnvironment } from '../policies/policy-expressions.ts';

/** What the server refuses of the expressions of a ValidatingAdmissionPolicy, so that it does not store the policy. Memoised per cluster and object. */
export function refusedExpressions(cluster: Cluster, object: ManifestObject): readonly FieldError[] {
  return memo(cluster, find, object);
}

function find(cluster: Cluster, object: ManifestObject): readonly FieldError[] {
  const policy = readAdmissionPolicy(objectValue(object, cluster.version.value));
  return expressionErrors(policy, memo(cluster, writtenEnvironment));
}

/** New expressions are held to what the server before this one knew, to which the cluster may go back. */
function writtenEnvironment({ version }: Cluster): ReturnType<typeof baseEnvironment> {
  return baseEnvironment(version.value.minor - 1, undefined);
}
