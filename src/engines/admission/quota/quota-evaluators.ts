import { decimalQuantity, type Quantity } from '../../../lang/quantity.ts';
import type { ResourceList } from '../../../lang/resource-list.ts';
import { claimEvaluator } from './quota-claims.ts';
import type { QuotaEvaluator } from './quota-evaluator.ts';
import { podEvaluator } from './quota-pods.ts';
import { serviceEvaluator } from './quota-services.ts';

const ONE = decimalQuantity(1n);
const ALIASES = new Map(
  ['configmaps', 'resourcequotas', 'replicationcontrollers', 'secrets'].map((name) => [name, name]),
);
/** Not stored, or never counted (pkg/quota/v1/install). */
const IGNORED = new Set([
  'bindings',
  'componentstatuses',
  'events',
  'tokenreviews.authentication.k8s.io',
  'subjectaccessreviews.authorization.k8s.io',
  'selfsubjectaccessreviews.authorization.k8s.io',
  'localsubjectaccessreviews.authorization.k8s.io',
  'selfsubjectrulesreviews.authorization.k8s.io',
]);

/** The evaluator of a resource; undefined for the few that quota ignores. */
export function quotaEvaluator(group: string, resource: string, minor: number): QuotaEvaluator | undefined {
  const qualified = group === '' ? resource : `${resource}.${group}`;
  if (IGNORED.has(qualified)) return undefined;
  switch (qualified) {
    case 'pods':
      return podEvaluator(minor);
    case 'services':
      return serviceEvaluator(minor);
    case 'persistentvolumeclaims':
      return claimEvaluator(minor);
    default:
      return objectCounter(`count/${qualified}`, group === '' ? ALIASES.get(resource) : undefined);
  }
}

function objectCounter(name: string, alias: string | undefined): QuotaEvaluator {
  const names = alias === undefined ? [name] : [name, alias];
  const usage: ResourceList = new Map<string, Quantity>(names.map((each) => [each, ONE]));
  return {
    countsUpdates: false,
    matching: (asked) => asked.filter((each) => names.includes(each)),
    matchesScope: () => false,
    missing: () => '',
    usage: () => usage,
  };
}
