import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { ServerPod } from '../../../cluster/defaults/server-pod.ts';
import { podShape } from '../../../cluster/defaults/pod-shape.ts';
import { sameValue } from '../../../cluster/defaults/shape.ts';
import { type StoredObject, storedObject } from '../../../cluster/stored/stored-objects.ts';
import { goQuote } from '../../../lang/go-quote.ts';
import { isObject } from '../../../model/json.ts';
import type { Toleration } from '../../../model/kinds/scheduling.ts';
import type { JsonObject } from '../../../model/object.ts';
import type { Reason } from '../../verdict.ts';
import { forbidden } from '../request/forbidden.ts';
import type { AdmissionAttributes, AdmissionPlugin, PluginOutcome } from '../request/plugin.ts';
import { wholePod, withSpec } from '../request/requested-pod.ts';
import { mergeTolerations } from './tolerations.ts';

/** The gate PodOverhead is open since; before, the plugin only looked at scheduling. */
const FIRST_OVERHEAD = 18;
const WRONG_OVERHEAD = "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead";

type Overhead = Readonly<Record<string, string>>;

/**
 * The plugin RuntimeClass: a pod gets the overhead, node selector and tolerations of its runtime class, which must exist. Mirrors
 * plugin/pkg/admission/runtimeclass, v1.24.
 */
export const runtimeClass: AdmissionPlugin = {
  name: 'RuntimeClass',
  operations: ['CREATE'],
  admit: (cluster, attributes) => {
    const pod = wholePod(attributes);
    if (pod === undefined) return {};
    const found = classOf(cluster, attributes, pod);
    if (!('object' in found)) return found;
    const overhead = cluster.version.value.minor >= FIRST_OVERHEAD ? overheadOf(found) : undefined;
    const { overhead: written } = pod.spec;
    if (overhead !== undefined && written !== undefined && !isSameOverhead(written, overhead)) {
      return { rejection: forbidden(attributes, WRONG_OVERHEAD, [reason(found, 'overhead')]) };
    }
    const fields = scheduled(found, pod);
    if (typeof fields === 'string') {
      return { rejection: forbidden(attributes, fields, [reason(found, 'scheduling')]) };
    }
    return { object: withSpec(pod, { ...fields, ...(overhead !== undefined && { overhead }) }) };
  },
  validate: (cluster, attributes) => {
    const pod = wholePod(attributes);
    if (pod === undefined) return {};
    const found = classOf(cluster, attributes, pod);
    if (found.rejection !== undefined) return found;
    if (cluster.version.value.minor < FIRST_OVERHEAD || found.assumptions !== undefined) return {};
    const overhead = 'object' in found ? overheadOf(found) : undefined;
    const { overhead: written } = pod.spec;
    if (overhead !== undefined && 'object' in found) {
      if (isSameOverhead(written, overhead)) return {};
      return { rejection: forbidden(attributes, WRONG_OVERHEAD, [reason(found, 'overhead')]) };
    }
    if (written === undefined) return {};
    const detail = 'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead';
    return { rejection: forbidden(attributes, detail) };
  },
};

/** The pod's class; nothing for a pod without one, a refusal or an assumption for one that no manifest declares. */
function classOf(
  cluster: Cluster,
  attributes: AdmissionAttributes,
  { spec }: ServerPod,
): StoredClass | Pick<PluginOutcome, 'rejection' | 'assumptions'> {
  const { runtimeClassName: name } = spec;
  if (name === undefined) return {};
  const found = storedObject(cluster, 'node.k8s.io', 'RuntimeClass', '', name);
  if (found !== undefined) return found;
  if (cluster.settings.complete === true) {
    return { rejection: forbidden(attributes, `pod rejected: RuntimeClass ${goQuote(name)} not found`) };
  }
  const sentence = `RuntimeClass \`${name}\` is taken to exist, without overhead and scheduling`;
  return { assumptions: [{ sentence, decide: `add the manifest of RuntimeClass \`${name}\` to the tree` }] };
}

type StoredClass = StoredObject & { readonly rejection?: undefined; readonly assumptions?: undefined };

function overheadOf({ value }: StoredObject): Overhead | undefined {
  const { overhead, spec } = value;
  const written = isObject(overhead) ? overhead : isObject(spec) && isObject(spec.overhead) ? spec.overhead : undefined;
  if (written === undefined) return undefined;
  return isObject(written.podFixed) ? (written.podFixed as Record<string, string>) : {};
}

function isSameOverhead(left: Overhead | undefined, right: Overhead): boolean {
  const of = (overhead: Overhead | undefined): JsonObject => (overhead === undefined ? {} : { overhead });
  return sameValue(podShape('PodSpec'), of(left), of(right));
}

/** The pod's fields with the class's node selector and tolerations; a text where they contradict each other. */
function scheduled({ value }: StoredObject, { spec }: ServerPod): Partial<ServerPod['spec']> | string {
  const scheduling = isObject(value.scheduling) ? value.scheduling : undefined;
  if (scheduling === undefined) return {};
  const ofClass = (scheduling.nodeSelector ?? {}) as Record<string, string>;
  const written = spec.nodeSelector ?? {};
  for (const [key, demanded] of Object.entries(ofClass)) {
    const own = Object.hasOwn(written, key) ? written[key] : undefined;
    if (own !== undefined && own !== demanded) {
      return `conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${demanded}; pod.spec.nodeSelector[${key}] = ${own}`;
    }
  }
  const tolerations = mergeTolerations(spec.tolerations ?? [], (scheduling.tolerations ?? []) as Toleration[]);
  return { nodeSelector: { ...written, ...ofClass }, tolerations };
}

function reason({ object }: StoredObject, field: string): Reason {
  return { object, path: [field], sentence: `the runtime class says what its pods' ${field} is` };
}
