import type { NetService } from '../../../engines/net/model/services.ts';
import { asWritten } from '../../../model/as-written.ts';
import { record } from '../../../model/json.ts';
import { internalLoadBalancers } from '../../knowledge/load-balancers.ts';

/** Whether a Service of type LoadBalancer is internal, or says which addresses may reach it. */
export function isLimited({ object, sourceRanges }: NetService): boolean {
  if (sourceRanges.length > 0 && !sourceRanges.includes('0.0.0.0/0')) return true;
  const annotations = record(record(asWritten(object).metadata).annotations);
  return internalLoadBalancers.some(({ annotation, value }) => {
    const written = annotations[annotation];
    return typeof written === 'string' && value.test(written);
  });
}
