import { record } from '../../../../model/json.ts';
import type { LimitRange } from '../../../../model/kinds/limit-range.ts';
import type { ResourceQuota } from '../../../../model/kinds/resource-quota.ts';
import { adopt } from '../../check/adopt.ts';
import { checkMetadata, metadataIn } from '../../check/metadata.ts';
import { field } from '../../check/place.ts';
import { checkImmutable } from '../../check/immutable.ts';
import { limitErrors } from '../../limit-range-validation.ts';
import { dnsSubdomainErrors } from '../../name-formats.ts';
import { quotaErrors } from '../../quota-validation.ts';
import { kindCheck, type KindCheck } from '../kind-check.ts';

/** One without a name was called by a number, which is always `UID` here. */
const RULES = {
  namespaced: true,
  name: (name: string): readonly string[] => (name === 'UID' ? [] : dnsSubdomainErrors(name)),
  finalizers: true,
};

const wholeLimitRange: KindCheck['create'] = (check, object) => {
  const { spec }: LimitRange = object;
  checkMetadata(check, metadataIn(object), RULES);
  adopt(check, limitErrors(spec?.limits ?? [], ['spec', 'limits']));
};

/** Changes of LimitRanges are held to what new ones are, and to nothing else. */
export const limitRangeCheck: KindCheck = { create: wholeLimitRange, update: wholeLimitRange };

export const resourceQuotaCheck = kindCheck(true, {
  rest: (check, object) => {
    const { spec = {} }: ResourceQuota = object;
    adopt(check, quotaErrors(spec, ['spec'], check.minor));
  },
  change: (check, object, old) => {
    const at = field(field(undefined, 'spec'), 'scopes');
    checkImmutable(check, record(object.spec).scopes, record(old.spec).scopes, at);
  },
});
