import type { Cluster } from '../../../cluster/index/cluster.ts';
import { textOf } from '../../../cluster/stored/object-metadata.ts';
import { labelValueErrors, qualifiedNameErrors } from '../../../cluster/validation/name-formats.ts';
import { type StoredNamespace, storedNamespace } from '../../../cluster/stored/stored-namespace.ts';
import { goQuote } from '../../../lang/go-quote.ts';
import { isObject } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import { annotationAssumptions } from '../request/namespace-assumption.ts';
import type { AdmissionAttributes, AdmissionPlugin, PluginContext, PluginOutcome } from '../request/plugin.ts';
import { forbiddenObject, internalError, plainError } from '../request/rejections.ts';
import { wholePod, withSpec } from '../request/requested-pod.ts';

const ANNOTATION = 'scheduler.alpha.kubernetes.io/node-selector';

type Labels = ReadonlyMap<string, string>;

/**
 * The plugin PodNodeSelector: the namespace says on which nodes its pods run. Its configuration has a default for namespaces without the
 * annotation, and for each namespace the labels that its pods may use. Mirrors plugin/pkg/admission/podnodeselector, v1.24.
 */
export const podNodeSelector: AdmissionPlugin = {
  name: 'PodNodeSelector',
  operations: ['CREATE'],
  admit: (cluster, attributes, context) => {
    const pod = wholePod(attributes);
    if (pod === undefined) return {};
    const found = namespaceSelector(cluster, attributes, context);
    if ('rejection' in found) return found;
    const { nodeSelector = {} } = pod.spec;
    const refused = judge(attributes, context, found, nodeSelector);
    if (refused.rejection !== undefined) return refused;
    const merged = { ...Object.fromEntries(found.selector), ...nodeSelector };
    const assumptions = annotationAssumptions(found.namespace, ANNOTATION);
    // An empty selector is one too: the pod is changed then, though nothing tells.
    return { object: withSpec(pod, { nodeSelector: merged }), assumptions };
  },
  validate: (cluster, attributes, context) => {
    const pod = wholePod(attributes);
    if (pod === undefined) return {};
    const found = namespaceSelector(cluster, attributes, context);
    return 'rejection' in found ? found : judge(attributes, context, found, pod.spec.nodeSelector ?? {});
  },
};

interface NamespaceSelector {
  readonly namespace: StoredNamespace;
  readonly selector: Labels;
}

function judge(
  attributes: AdmissionAttributes,
  context: PluginContext,
  { namespace, selector }: NamespaceSelector,
  nodeSelector: Readonly<Record<string, string>>,
): PluginOutcome {
  const written = Object.entries(nodeSelector);
  if (written.some(([key, value]) => selector.has(key) && selector.get(key) !== value)) {
    const detail = 'pod node label selector conflicts with its namespace node label selector';
    const sentence = `the namespace's pods run on nodes with other labels`;
    const because = [{ object: namespace.object, path: ['metadata', 'annotations', ANNOTATION], sentence }];
    return { rejection: forbiddenObject(attributes, detail, because) };
  }
  const allowed = parseSelector(configured(context, attributes.namespace));
  if (typeof allowed === 'string') return { rejection: plainError(allowed) };
  const merged = [...selector, ...written];
  const isAllowed = allowed.size === 0 || merged.every(([key, value]) => allowed.get(key) === value);
  if (isAllowed) return {};
  const detail = 'pod node label selector labels conflict with its namespace whitelist';
  return { rejection: forbiddenObject(attributes, detail) };
}

function namespaceSelector(
  cluster: Cluster,
  attributes: AdmissionAttributes,
  context: PluginContext,
): NamespaceSelector | Required<Pick<PluginOutcome, 'rejection'>> {
  const { namespace: name } = attributes;
  const namespace = storedNamespace(cluster, name);
  if (namespace === undefined) return { rejection: internalError(`namespace ${name} does not exist`) };
  const { annotations } = namespace;
  const text = Object.hasOwn(annotations, ANNOTATION)
    ? (annotations[ANNOTATION] ?? '')
    : configured(context, 'clusterDefaultNodeSelector');
  const selector = parseSelector(text);
  return typeof selector === 'string' ? { rejection: plainError(selector) } : { namespace, selector };
}

function configured({ configuration }: PluginContext, key: string): string {
  const selectors: JsonObject | undefined = Object.values(
    Object.fromEntries(
      Object.entries(configuration ?? {}).filter(([name]) => name.toLowerCase() === 'podnodeselectorpluginconfig'),
    ),
  ).find(isObject);
  return selectors === undefined || !Object.hasOwn(selectors, key) ? '' : textOf(selectors[key]);
}

/** `a=b,c=d` as labels, or what is wrong with it. Mirrors labels.ConvertSelectorToLabelsMap. */
function parseSelector(text: string): Labels | string {
  const labels = new Map<string, string>();
  for (const part of text === '' ? [] : text.split(',')) {
    const sides = part.split('=');
    if (sides.length !== 2) return `invalid selector: [${sides.join(' ')}]`;
    const [key = '', value = ''] = sides.map((side) => side.trim());
    const keyErrors = qualifiedNameErrors(key);
    if (keyErrors.length > 0) return `<nil>: Invalid value: ${goQuote(key)}: ${keyErrors.join('; ')}`;
    const valueErrors = labelValueErrors(value);
    if (valueErrors.length > 0) return `[${key}]: Invalid value: ${goQuote(value)}: ${valueErrors.join('; ')}`;
    labels.set(key, value);
  }
  return labels;
}
