import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { ServerPod } from '../../../cluster/defaults/server-pod.ts';
import { metadataOf, textOf } from '../../../cluster/stored/object-metadata.ts';
import type { Mutable } from '../../../cluster/defaults/server-pod.ts';
import type { PodSpec } from '../../../model/kinds/pod.ts';
import { forbidden } from '../request/forbidden.ts';
import type { AdmissionAttributes, AdmissionPlugin, PluginOutcome } from '../request/plugin.ts';
import { FIRST_PREEMPTION_POLICY, priorityClasses, type StoredPriorityClass } from './priority-classes.ts';
import { oldPod, wholePod, withSpec } from '../request/requested-pod.ts';

/** Between these minors system classes were for the pods of kube-system alone. Only two classes may have the prefix. */
const FIRST_RESERVED = 12;
const LAST_RESERVED = 16;
const SYSTEM_PREFIX = 'system-';

/**
 * The plugin Priority: a new pod gets the priority of its class, which must exist, or of the default one; of classes only one may be the default.
 * Mirrors plugin/pkg/admission/priority, v1.12 to v1.37; pod groups, which 1.37 knows too, are not judged.
 */
export const priority: AdmissionPlugin = {
  name: 'Priority',
  operations: ['CREATE', 'UPDATE'],
  admit: (cluster, attributes) => {
    const pod = wholePod(attributes);
    if (pod === undefined) return {};
    if (attributes.operation === 'CREATE') return admitNew(cluster, attributes, pod);
    const old = oldPod(attributes)?.spec ?? {};
    const kept: Mutable<Partial<PodSpec>> = {};
    if (pod.spec.priority === undefined && old.priority !== undefined) kept.priority = old.priority;
    if (pod.spec.preemptionPolicy === undefined && old.preemptionPolicy !== undefined) {
      kept.preemptionPolicy = old.preemptionPolicy;
    }
    return { object: withSpec(pod, kept) };
  },
  validate: (cluster, attributes) => {
    const { group, resource, subresource, operation, object } = attributes;
    if (group !== 'scheduling.k8s.io' || resource !== 'priorityclasses' || subresource !== '') return {};
    if (object.globalDefault !== true) return {};
    const other = defaultClass(cluster);
    if (other === undefined) return {};
    if (operation === 'UPDATE' && other.name === textOf(metadataOf(object).name)) return {};
    const detail = `PriorityClass ${other.name} is already marked as default. Only one default can exist`;
    const sentence = 'the class is the default one already';
    return { rejection: forbidden(attributes, detail, [{ object: other.object, path: ['globalDefault'], sentence }]) };
  },
};

function admitNew(cluster: Cluster, attributes: AdmissionAttributes, pod: ServerPod): PluginOutcome {
  const { priorityClassName: name = '', priority: written, preemptionPolicy: policy } = pod.spec;
  const hasPolicies = cluster.version.value.minor >= FIRST_PREEMPTION_POLICY;
  const { minor } = cluster.version.value;
  const isSystem = name.startsWith(SYSTEM_PREFIX) && minor >= FIRST_RESERVED && minor <= LAST_RESERVED;
  if (isSystem && attributes.namespace !== 'kube-system') {
    const detail = `pods with ${name} priorityClass is not permitted in ${attributes.namespace} namespace`;
    return { rejection: forbidden(attributes, detail) };
  }
  const found = name === '' ? defaultClass(cluster) : priorityClasses(cluster).find((each) => each.name === name);
  if (found === undefined && name !== '') {
    if (cluster.settings.complete === true) {
      return { rejection: forbidden(attributes, `no PriorityClass with name ${name} was found`) };
    }
    const sentence = `PriorityClass \`${name}\` is taken to exist`;
    return { assumptions: [{ sentence, decide: `add the manifest of PriorityClass \`${name}\` to the tree` }] };
  }
  const { value, preemptionPolicy } = found ?? {
    value: 0,
    preemptionPolicy: hasPolicies ? 'PreemptLowerPriority' : '',
  };
  const because = found === undefined ? [] : [{ object: found.object, path: ['value'], sentence: 'the class decides' }];
  const computed = 'from the given PriorityClass name';
  if (written !== undefined && written !== value) {
    const detail = `the integer value of priority (${written}) must not be provided in pod spec; priority admission controller computed ${value} ${computed}`;
    return { rejection: forbidden(attributes, detail, because) };
  }
  if (preemptionPolicy !== '' && policy !== undefined && policy !== preemptionPolicy) {
    const detail = `the string value of PreemptionPolicy (${policy}) must not be provided in pod spec; priority admission controller computed ${preemptionPolicy} ${computed}`;
    return { rejection: forbidden(attributes, detail, because) };
  }
  const fields: Mutable<Partial<PodSpec>> = { priority: value };
  if (found !== undefined) fields.priorityClassName = found.name;
  if (preemptionPolicy !== '') fields.preemptionPolicy = preemptionPolicy;
  return { object: withSpec(pod, fields) };
}

/** Of several default classes, which only a race can bring about, the one of the lowest value. */
function defaultClass(cluster: Cluster): StoredPriorityClass | undefined {
  let lowest: StoredPriorityClass | undefined;
  for (const each of priorityClasses(cluster)) {
    if (each.globalDefault && (lowest === undefined || lowest.value > each.value)) lowest = each;
  }
  return lowest;
}
