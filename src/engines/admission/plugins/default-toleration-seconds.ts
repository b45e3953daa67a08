import type { Cluster } from '../../../cluster/index/cluster.ts';
import { lastFlag } from '../../../cluster/components/component.ts';
import { controlPlane } from '../../../cluster/components/control-plane.ts';
import type { Toleration } from '../../../model/kinds/scheduling.ts';
import type { AdmissionPlugin } from '../request/plugin.ts';
import { wholePod, withSpec } from '../request/requested-pod.ts';

/** The taints, and the flags of the kube-apiserver that say how long they are tolerated. */
const TAINTS = [
  ['node.kubernetes.io/not-ready', 'default-not-ready-toleration-seconds'],
  ['node.kubernetes.io/unreachable', 'default-unreachable-toleration-seconds'],
] as const;
const DEFAULT_SECONDS = 300;

/**
 * The plugin DefaultTolerationSeconds: pods stay for some minutes on a node that fails, unless they say otherwise. Mirrors
 * plugin/pkg/admission/defaulttolerationseconds, v1.24.
 */
export const defaultTolerationSeconds: AdmissionPlugin = {
  name: 'DefaultTolerationSeconds',
  operations: ['CREATE', 'UPDATE'],
  admit: (cluster, attributes) => {
    const pod = wholePod(attributes);
    if (pod === undefined) return {};
    const { tolerations = [] } = pod.spec;
    const missing = TAINTS.filter(([taint]) => !tolerations.some((each) => tolerates(each, taint)));
    if (missing.length === 0) return {};
    const added = missing.map(([key, flag]) => ({
      key,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: secondsOf(cluster, flag),
    }));
    return { object: withSpec(pod, { tolerations: [...tolerations, ...added] }) };
  },
};

function tolerates({ key = '', effect = '' }: Toleration, taint: string): boolean {
  return (key === '' || key === taint) && (effect === '' || effect === 'NoExecute');
}

function secondsOf(cluster: Cluster, name: string): number {
  const flags = controlPlane(cluster).apiServers.flatMap((server) => lastFlag(server, name) ?? []);
  const [seconds] = flags.map(({ value }) => Number(value)).filter(Number.isInteger);
  return seconds ?? DEFAULT_SECONDS;
}
