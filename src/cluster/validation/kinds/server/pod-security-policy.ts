import { record } from '../../../../model/json.ts';
import type { ObjectMeta } from '../../../../model/kinds/metadata.ts';
import type { PodSecurityPolicySpec } from '../../../../model/kinds/pod-security-policy.ts';
import { withPlainPrefix } from '../../../index/generated-name.ts';
import { adopt } from '../../check/adopt.ts';
import { metadataIn } from '../../check/metadata.ts';
import { policyErrors } from '../../policy-validation.ts';
import type { KindCheck } from '../kind-check.ts';

const create: KindCheck['create'] = (check, object) => {
  const metadata: ObjectMeta = metadataIn(object);
  const spec: PodSecurityPolicySpec = record(object.spec);
  adopt(check, policyErrors(withPlainPrefix(metadata), spec, check.minor));
};

export const podSecurityPolicyCheck: KindCheck = { create, update: create };
