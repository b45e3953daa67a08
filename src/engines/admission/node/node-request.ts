import { metadataOf, textOf } from '../../../cluster/stored/object-metadata.ts';
import { modelShape } from '../../../cluster/defaults/model-shape.ts';
import { sameValue } from '../../../cluster/defaults/shape.ts';
import { compareBytes } from '../../../lang/byte-order.ts';
import { goQuote } from '../../../lang/go-quote.ts';
import { record } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import type { AdmissionAttributes } from '../request/plugin.ts';

/** The labels of Kubernetes that a kubelet may set on its node. */
const KUBELET_LABELS = new Set([
  'kubernetes.io/hostname',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'beta.kubernetes.io/instance-type',
  'node.kubernetes.io/instance-type',
  'kubernetes.io/os',
  'kubernetes.io/arch',
  'beta.kubernetes.io/os',
  'beta.kubernetes.io/arch',
]);
const KUBELET_DOMAINS = ['kubelet.kubernetes.io', 'node.kubernetes.io'];
const RESTRICTED_DOMAIN = 'node-restriction.kubernetes.io';
/** Before this minor a node could not set most labels on update, and all on creation. */
const FIRST_LABELS_ON_CREATE = 16;

/** What is wrong with a Node that a node writes; undefined for nothing. Mirrors admitNode of plugin/pkg/admission/noderestriction, v1.24. */
export function nodeError(
  { operation, name, object, oldObject = {} }: AdmissionAttributes,
  node: string,
  minor: number,
): string | undefined {
  if (name !== node) return `node ${goQuote(node)} is not allowed to modify node ${goQuote(name)}`;
  const spec = record(object.spec);
  const quoted = goQuote(node);
  if (operation === 'CREATE') {
    if (spec.configSource !== undefined)
      return `node ${quoted} is not allowed to create pods with a non-nil configSource`;
    const labels = minor >= FIRST_LABELS_ON_CREATE ? forbiddenLabels(object, {}) : [];
    if (labels.length === 0) return undefined;
    return `node ${quoted} is not allowed to set the following labels: ${labels.join(', ')}`;
  }
  const old = record(oldObject.spec);
  if (spec.configSource !== undefined && !isSameSpec({ configSource: spec.configSource }, pick(old, 'configSource')))
    return `node ${quoted} is not allowed to update configSource to a new non-nil configSource`;
  if (!isSameSpec(pick(spec, 'taints'), pick(old, 'taints'))) return `node ${quoted} is not allowed to modify taints`;
  const labels = forbiddenLabels(object, oldObject);
  return labels.length === 0 ? undefined : `is not allowed to modify labels: ${labels.join(', ')}`;
}

function pick(spec: JsonObject, field: string): JsonObject {
  const value = spec[field];
  return value === undefined ? {} : { [field]: value };
}

function isSameSpec(left: JsonObject, right: JsonObject): boolean {
  return sameValue(modelShape('core.v1.NodeSpec'), left, right);
}

/** Of the labels that differ those that no node may set, in byte order. */
function forbiddenLabels(object: JsonObject, old: JsonObject): readonly string[] {
  const [labels, before] = [object, old].map((each) => record(metadataOf(each).labels));
  const keys = [...new Set([...Object.keys(labels ?? {}), ...Object.keys(before ?? {})])];
  const valueIn = (map: JsonObject | undefined, key: string): string | undefined =>
    map !== undefined && Object.hasOwn(map, key) ? textOf(map[key]) : undefined;
  return keys
    .filter((key) => valueIn(labels, key) !== valueIn(before, key) && isForbiddenLabel(key))
    .sort(compareBytes);
}

function isForbiddenLabel(label: string): boolean {
  const slash = label.indexOf('/');
  const domain = slash < 0 ? '' : label.slice(0, slash);
  if (isUnder(domain, RESTRICTED_DOMAIN)) return true;
  const isOwn = isUnder(domain, 'kubernetes.io') || isUnder(domain, 'k8s.io');
  return isOwn && !KUBELET_LABELS.has(label) && !KUBELET_DOMAINS.some((each) => isUnder(domain, each));
}

function isUnder(domain: string, parent: string): boolean {
  return domain === parent || domain.endsWith(`.${parent}`);
}
