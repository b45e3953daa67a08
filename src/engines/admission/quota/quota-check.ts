import { compareQuantities } from '../../../lang/quantity.ts';
import {
  addLists,
  formatResourceList,
  maskList,
  type ResourceList,
  sortedNames,
  subtractLists,
  withoutZeros,
} from '../../../lang/resource-list.ts';
import type { JsonObject } from '../../../model/object.ts';
import type { QuotaEvaluator } from './quota-evaluator.ts';
import { limitedNames, type LimitedResource, uncoveredScopes } from './quota-limited.ts';
import { isInScope, type QuotaState } from './quota-state.ts';

/** A creation or update of an object that quota counts, decoded and defaulted. */
export interface QuotaRequest {
  readonly object: JsonObject;
  /** The stored object, of an update. */
  readonly oldObject?: JsonObject;
  readonly evaluator: QuotaEvaluator;
  readonly minor: number;
  /** What the plugin's configuration limits for objects of this resource, and for all. */
  readonly limited?: { readonly ofResource: readonly LimitedResource[]; readonly all: readonly LimitedResource[] };
}

/** Why a request does not fit. */
export interface QuotaRefusal {
  readonly detail: string;
  /** The quota that refuses, and the names in it that decide; absent where it is for lack of a quota. */
  readonly quota?: QuotaState;
  readonly names: readonly string[];
  /** The server says the detail alone and answers with an internal error. */
  readonly unwrapped?: true;
}

/** The quotas with what they hold after the request, in the same order; or why none of them changes. */
export type QuotaOutcome = { readonly quotas: readonly QuotaState[] } | { readonly refusal: QuotaRefusal };

const NOTHING: ResourceList = new Map();
const FIRST_ZEROS_IGNORED = 21;
const FIRST_OLD_SCOPE = 33;
const NONE = { ofResource: [], all: [] };

/** Holds a request to the quotas of its namespace, first one first. Mirrors CheckRequest of apiserver pkg/admission/plugin/resourcequota, v1.11 to v1.37. */
export function checkQuotas(quotas: readonly QuotaState[], request: QuotaRequest): QuotaOutcome {
  const { object, evaluator, minor, limited = NONE } = request;
  const pertinent = quotas.filter(
    (quota) => evaluator.matching([...quota.hard.keys()]).length > 0 && isInScope(quota, evaluator, object),
  );
  for (const quota of pertinent) {
    const refusal = unmet(quota, request);
    if (refusal !== undefined) return { refusal };
  }
  const usage = evaluator.usage(object);
  const negative = sortedNames([...usage].filter(([, { value }]) => value < 0n).map(([name]) => name));
  if (negative.length > 0) {
    return { refusal: { detail: `quota usage is negative for resource(s): ${negative.join(',')}`, names: negative } };
  }
  const deltas = new Map(pertinent.map((quota) => [quota, deltaOf(quota, usage, request)]));
  const changes = pertinent.length === 0 ? [deltaOf(undefined, usage, request)] : [...deltas.values()];
  if (changes.every((delta) => withoutZeros(delta).size === 0)) return { quotas };
  const covered = pertinent.flatMap(({ hard }) => evaluator.matching([...hard.keys()]));
  const uncovered = limitedNames(limited.ofResource, usage).filter((name) => !covered.includes(name));
  if (uncovered.length > 0) {
    const names = sortedNames(new Set(uncovered));
    return { refusal: { detail: `insufficient quota to consume: ${names.join(',')}`, names } };
  }
  const covering = quotas.flatMap(({ scopes }) => scopes.filter((scope) => evaluator.matchesScope(scope, object)));
  const scopes = uncoveredScopes(limited.all, covering, evaluator, object);
  if (scopes !== '') {
    return { refusal: { detail: `insufficient quota to match these scopes: ${scopes}`, names: [], unwrapped: true } };
  }
  if (pertinent.length === 0) return { quotas };
  const charged = new Map<QuotaState, QuotaState>();
  for (const [quota, change] of deltas) {
    const delta = minor >= FIRST_ZEROS_IGNORED ? withoutZeros(change) : change;
    const refusal = exceeded(quota, delta);
    if (refusal !== undefined) return { refusal };
    charged.set(quota, { ...quota, used: addLists(quota.used, maskList(delta, quota.hard.keys())) });
  }
  return { quotas: quotas.map((quota) => charged.get(quota) ?? quota) };
}

/** What an object lacks, or a quota's status, before anything is counted. */
function unmet(quota: QuotaState, { object, evaluator }: QuotaRequest): QuotaRefusal | undefined {
  const restricted = evaluator.matching([...quota.hard.keys()]);
  const missing = evaluator.missing(restricted, object);
  if (missing !== '') return { detail: `failed quota: ${quota.name}: ${missing}`, quota, names: restricted };
  if (restricted.every((name) => quota.used.has(name))) return undefined;
  const names = sortedNames(restricted);
  return { detail: `status unknown for quota: ${quota.name}, resources: ${names.join(',')}`, quota, names };
}

/** What a request adds to the use of a quota: on an update of a stored object only what it takes more. */
function deltaOf(quota: QuotaState | undefined, usage: ResourceList, request: QuotaRequest): ResourceList {
  const { oldObject, evaluator, minor } = request;
  const { resourceVersion = '' } = (oldObject?.metadata ?? {}) as { resourceVersion?: string };
  if (oldObject === undefined || resourceVersion === '') return usage;
  if (minor >= FIRST_OLD_SCOPE && quota !== undefined && !isInScope(quota, evaluator, oldObject)) return usage;
  return subtractLists(usage, evaluator.usage(oldObject));
}

function exceeded(quota: QuotaState, delta: ResourceList): QuotaRefusal | undefined {
  const { name, hard, used } = quota;
  const requested = maskList(delta, hard.keys());
  const after = addLists(used, requested);
  const names = sortedNames(requested.keys()).filter((each) => {
    const [limit, sum] = [hard.get(each), after.get(each)];
    return limit !== undefined && sum !== undefined && compareQuantities(sum, limit) > 0;
  });
  if (names.length === 0) return undefined;
  const show = (list: ResourceList = NOTHING): string => formatResourceList(maskList(list, names));
  const detail = `exceeded quota: ${name}, requested: ${show(requested)}, used: ${show(used)}, limited: ${show(hard)}`;
  return { detail, quota, names };
}
