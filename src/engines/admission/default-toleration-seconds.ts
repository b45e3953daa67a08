import type { Toleration } from '../../model/kinds/scheduling.ts';
import type { AdmissionPlugin } from './plugin.ts';
import { wholePod, withSpec } from './requested-pod.ts';

const TAINTS = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];
/** kube-apiserver --default-not-ready-toleration-seconds and --default-unreachable-toleration-seconds, unless set. */
const DEFAULT_SECONDS = 300;

/**
 * The plugin DefaultTolerationSeconds: pods stay for some minutes on a node that fails, unless they say otherwise. Mirrors
 * plugin/pkg/admission/defaulttolerationseconds, v1.24, with the default of its flags.
 */
export const defaultTolerationSeconds: AdmissionPlugin = {
  name: 'DefaultTolerationSeconds',
  operations: ['CREATE', 'UPDATE'],
  admit: (_cluster, attributes) => {
    const pod = wholePod(attributes);
    if (pod === undefined) return {};
    const { tolerations = [] } = pod.spec;
    const missing = TAINTS.filter((taint) => !tolerations.some((each) => tolerates(each, taint)));
    if (missing.length === 0) return {};
    const added = missing.map((key) => ({
      key,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: DEFAULT_SECONDS,
    }));
    return { object: withSpec(pod, { tolerations: [...tolerations, ...added] }) };
  },
};

function tolerates({ key = '', effect = '' }: Toleration, taint: string): boolean {
  return (key === '' || key === taint) && (effect === '' || effect === 'NoExecute');
}
