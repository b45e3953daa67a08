import type { Cluster } from '../../cluster/index/cluster.ts';
import { admissionRequestOf } from '../../cluster/pods/admission-request.ts';
import type { PodSource } from '../../cluster/pods/pod-source.ts';
import { memo } from '../../lang/memo.ts';
import { admitInCluster } from './admit-in-cluster.ts';
import { assumedPod } from './others/assumed-changes.ts';
import type { AdmissionVerdict, GateVerdict } from './chain.ts';

/**
 * The one run of a pod through the admission of its cluster, as its creator sends it: every plugin in force is asked, also after a refusal.
 * ResourceQuota is not asked, because its answer depends on the other objects: `quotaTally` says how much of the tree fits. Whatever asks what
 * admission makes of a pod reads this run: what each gate decided, what it changed, the pod in the end. Memoised per cluster and pod.
 */
export function podAdmission(cluster: Cluster, source: PodSource): AdmissionVerdict {
  return memo(cluster, admit, source);
}

function admit(cluster: Cluster, source: PodSource): AdmissionVerdict {
  const request = { ...admissionRequestOf(source), object: assumedPod(cluster, source) };
  return admitInCluster(cluster, request, { everyGate: true, without: ['ResourceQuota'] });
}

/** The passes of one plugin in a run, in order; none where it was not asked. */
export function gatesOf({ gates }: AdmissionVerdict, plugin: string): readonly GateVerdict[] {
  return gates.filter((gate) => gate.plugin === plugin);
}

/** The first refusal of one plugin in a run; undefined where it let the request pass. */
export function refusalBy(verdict: AdmissionVerdict, plugin: string): GateVerdict['rejection'] {
  return gatesOf(verdict, plugin).find(({ rejection }) => rejection !== undefined)?.rejection;
}
