import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { ServerPod } from '../../../cluster/defaults/server-pod.ts';
import { podQOS } from '../../../cluster/pods/pod-qos.ts';
import { type StoredNamespace, storedNamespace } from '../../../cluster/stored/stored-namespace.ts';
import { isObject } from '../../../model/json.ts';
import type { Toleration } from '../../../model/kinds/scheduling.ts';
import type { Json } from '../../../model/object.ts';
import { annotationAssumptions } from '../request/namespace-assumption.ts';
import { namespaceTolerations } from './namespace-tolerations.ts';
import type { AdmissionAttributes, AdmissionPlugin, PluginContext, PluginOutcome } from '../request/plugin.ts';
import { notFound, plainError } from '../request/rejections.ts';
import { wholePod, withSpec } from '../request/requested-pod.ts';
import { areAllowed, mergeTolerations } from './tolerations.ts';

const DEFAULTS = 'scheduler.alpha.kubernetes.io/defaultTolerations';
const ALLOWED = 'scheduler.alpha.kubernetes.io/tolerationsWhitelist';
const MEMORY_PRESSURE = { key: 'node.kubernetes.io/memory-pressure', operator: 'Exists', effect: 'NoSchedule' };

/**
 * The plugin PodTolerationRestriction: the namespace (else the plugin's configuration) says what its pods tolerate and what they may. Its
 * refusals are no statuses upstream, so that the server answers 500. Mirrors plugin/pkg/admission/podtolerationrestriction, v1.24.
 */
export const podTolerationRestriction: AdmissionPlugin = {
  name: 'PodTolerationRestriction',
  operations: ['CREATE', 'UPDATE'],
  admit: (cluster, attributes, context) => {
    const pod = wholePod(attributes);
    if (pod === undefined) return {};
    const extra: Toleration[] = [];
    let namespace: StoredNamespace | undefined;
    if (attributes.operation === 'CREATE') {
      namespace = storedNamespace(cluster, attributes.namespace);
      if (namespace === undefined) return { rejection: notFound('namespaces', attributes.namespace) };
      const own = namespaceTolerations(namespace.annotations, DEFAULTS);
      if (typeof own === 'string') return { rejection: plainError(own) };
      extra.push(...(own ?? configured(context, 'default')));
    }
    if (podQOS(pod.spec) !== 'BestEffort') extra.push(MEMORY_PRESSURE);
    const { tolerations = [] } = pod.spec;
    const merged = extra.length === 0 ? tolerations : mergeTolerations(tolerations, extra);
    const refused = judge(cluster, attributes, context, { ...pod, spec: { ...pod.spec, tolerations: merged } });
    if (refused.rejection !== undefined) return refused;
    return {
      ...(extra.length > 0 && { object: withSpec(pod, { tolerations: merged }) }),
      ...(namespace !== undefined && { assumptions: annotationAssumptions(namespace, DEFAULTS) }),
    };
  },
  validate: (cluster, attributes, context) => {
    const pod = wholePod(attributes);
    return pod === undefined ? {} : judge(cluster, attributes, context, pod);
  },
};

function judge(
  cluster: Cluster,
  attributes: AdmissionAttributes,
  context: PluginContext,
  { spec }: ServerPod,
): PluginOutcome {
  const { tolerations = [] } = spec;
  if (tolerations.length === 0) return {};
  const namespace = storedNamespace(cluster, attributes.namespace);
  if (namespace === undefined) return { rejection: notFound('namespaces', attributes.namespace) };
  const own = namespaceTolerations(namespace.annotations, ALLOWED);
  if (typeof own === 'string') return { rejection: plainError(own) };
  if (areAllowed(tolerations, own ?? configured(context, 'whitelist'))) return {};
  const scope = own === undefined ? 'cluster' : 'namespace';
  const sentence = 'the namespace says what its pods may tolerate';
  const because =
    own === undefined ? [] : [{ object: namespace.object, path: ['metadata', 'annotations', ALLOWED], sentence }];
  const message = `pod tolerations (possibly merged with namespace default tolerations) conflict with its ${scope} whitelist`;
  return { rejection: plainError(message, because) };
}

function configured({ configuration }: PluginContext, field: 'default' | 'whitelist'): readonly Toleration[] {
  const list: Json | undefined = configuration?.[field];
  return Array.isArray(list) ? list.filter(isObject) : [];
}
