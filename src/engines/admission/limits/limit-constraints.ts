import { goFixed } from '../../../lang/go-fixed.ts';
import { amountOf, formatQuantity, type Quantity } from '../../../lang/quantity.ts';
import type { PodTotals } from '../request/pod-totals.ts';

/** One bound of a LimitRange: `max` of `memory` per `Container`. */
export interface Limit {
  readonly type: string;
  readonly bound: 'min' | 'max' | 'maxLimitRequestRatio';
  readonly resource: string;
  readonly enforced: Quantity;
}

const ZERO: Quantity = { value: 0n, scale: 0, format: 'DecimalSI' };
const MAX_MILLI_VALUE = (2n ** 63n - 1n) / 1000n;

/**
 * How requests and limits break a bound, in LimitRanger's words; '' when they keep it. Claims have requests alone. Mirrors minConstraint,
 * maxConstraint, maxRequestConstraint and limitRequestRatioConstraint of plugin/pkg/admission/limitranger, v1.24.
 */
export function brokenBound(limit: Limit, { requests, limits }: PodTotals): string {
  const sizes = { request: requests.get(limit.resource), limit: limits.get(limit.resource) };
  switch (limit.bound) {
    case 'min':
      return brokenMinimum(limit, sizes);
    case 'max':
      return limit.type === 'PersistentVolumeClaim' ? brokenRequest(limit, sizes) : brokenMaximum(limit, sizes);
    case 'maxLimitRequestRatio':
      return brokenRatio(limit, sizes);
  }
}

interface Sizes {
  readonly request: Quantity | undefined;
  readonly limit: Quantity | undefined;
}

function brokenMinimum({ type, resource, enforced }: Limit, { request, limit }: Sizes): string {
  const bound = `minimum ${resource} usage per ${type} is ${formatQuantity(enforced)}`;
  const observed = comparable(request, limit, enforced);
  if (request === undefined) return `${bound}.  No request is specified`;
  if (observed.request < observed.enforced) return `${bound}, but request is ${formatQuantity(request)}`;
  if (limit !== undefined && observed.limit < observed.enforced)
    return `${bound}, but limit is ${formatQuantity(limit)}`;
  return '';
}

function brokenMaximum({ type, resource, enforced }: Limit, { request, limit }: Sizes): string {
  const bound = `maximum ${resource} usage per ${type} is ${formatQuantity(enforced)}`;
  const observed = comparable(request, limit, enforced);
  if (limit === undefined) return `${bound}.  No limit is specified`;
  if (observed.limit > observed.enforced) return `${bound}, but limit is ${formatQuantity(limit)}`;
  if (request !== undefined && observed.request > observed.enforced)
    return `${bound}, but request is ${formatQuantity(request)}`;
  return '';
}

function brokenRequest({ type, resource, enforced }: Limit, { request }: Sizes): string {
  const bound = `maximum ${resource} usage per ${type} is ${formatQuantity(enforced)}`;
  const observed = comparable(request, undefined, enforced);
  if (request === undefined) return `${bound}.  No request is specified`;
  return observed.request > observed.enforced ? `${bound}, but request is ${formatQuantity(request)}` : '';
}

function brokenRatio({ type, resource, enforced }: Limit, { request, limit }: Sizes): string {
  const bound = `${resource} max limit to request ratio per ${type} is ${formatQuantity(enforced)}`;
  const observed = comparable(request, limit, enforced);
  if (request === undefined || observed.request === 0n) return `${bound}, but no request is specified or request is 0`;
  if (limit === undefined || observed.limit === 0n) return `${bound}, but no limit is specified or limit is 0`;
  // In floating point, as the server does it.
  const ratio = Number(observed.limit) / Number(observed.request);
  const precise = amountOf(enforced) <= MAX_MILLI_VALUE;
  const exceeded = precise ? ratio * 1000 > Number(amountOf(enforced, 'milli')) : ratio > Number(amountOf(enforced));
  return exceeded ? `${bound}, but provided ratio is ${goFixed(ratio)}` : '';
}

/** The three amounts in thousandths, or in units where one is too large for that; what is absent is 0. */
function comparable(request: Quantity = ZERO, limit: Quantity = ZERO, enforced: Quantity) {
  const precise = [request, limit, enforced].every((quantity) => amountOf(quantity) <= MAX_MILLI_VALUE);
  const unit = precise ? 'milli' : 'one';
  return { request: amountOf(request, unit), limit: amountOf(limit, unit), enforced: amountOf(enforced, unit) };
}
