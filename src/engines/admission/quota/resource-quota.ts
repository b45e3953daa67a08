import type { Cluster } from '../../../cluster/index/cluster.ts';
import { formatQuantity } from '../../../lang/quantity.ts';
import type { Reason } from '../../verdict.ts';
import { forbidden } from '../request/forbidden.ts';
import type {
  AdmissionAttributes,
  AdmissionPlugin,
  PluginContext,
  PluginOutcome,
  Rejection,
} from '../request/plugin.ts';
import { checkQuotas, type QuotaRefusal } from './quota-check.ts';
import { quotaEvaluator } from './quota-evaluators.ts';
import type { QuotaConfiguration } from './quota-limited.ts';
import type { QuotaState } from './quota-state.ts';
import { quotasWithUsage } from './quota-usage.ts';

/**
 * The plugin ResourceQuota: refuses what does not fit into the quotas of its namespace beside the objects that are there. Mirrors apiserver
 * pkg/admission/plugin/resourcequota, v1.11 to v1.37; several quotas count in byte order of their names, where a server takes them in an
 * order of its own each time.
 */
export const resourceQuota: AdmissionPlugin = { name: 'ResourceQuota', operations: ['CREATE', 'UPDATE'], validate };

function validate(
  cluster: Cluster,
  attributes: AdmissionAttributes,
  { configuration = {}, admitted }: PluginContext,
): PluginOutcome {
  const { operation, namespace, name, group, resource, subresource, object, oldObject } = attributes;
  const isNamespace = group === '' && resource === 'namespaces';
  if (subresource !== '' || namespace === '' || (isNamespace && operation === 'CREATE')) return {};
  const { minor } = cluster.version.value;
  const evaluator = quotaEvaluator(group, resource, minor);
  if (evaluator === undefined || (operation === 'UPDATE' && !evaluator.countsUpdates)) return {};
  const itself = operation === 'CREATE' && name !== '' ? { group, resource, name } : undefined;
  const quotas = quotasWithUsage(cluster, namespace, { admitted, ...(itself && { itself }) });
  const { limitedResources = [] }: QuotaConfiguration = configuration;
  const ofResource = limitedResources.filter((each) => each.resource === resource && (each.apiGroup ?? '') === group);
  const request = { object, evaluator, minor, limited: { ofResource, all: limitedResources } };
  const outcome = checkQuotas(quotas, oldObject === undefined ? request : { ...request, oldObject });
  return 'refusal' in outcome ? { rejection: quotaRejection(attributes, outcome.refusal) } : {};
}

/** A refusal for quota in the API server's words. */
export function quotaRejection(
  attributes: AdmissionAttributes,
  { detail, quota, names, unwrapped }: QuotaRefusal,
): Rejection {
  const because = quota === undefined ? [] : names.map((name) => reason(quota, name));
  if (unwrapped !== true) return forbidden(attributes, detail, because);
  return { code: 500, reason: '', message: detail, messageParts: [], because };
}

function reason({ object, name: quota, hard }: QuotaState, name: string): Reason {
  const limit = hard.get(name);
  const sentence = `quota ${quota} limits ${name}${limit === undefined ? '' : ` to ${formatQuantity(limit)}`}`;
  return { object, path: ['spec', 'hard', name], sentence };
}
