import { defineRule } from '../../src/lint/rule.ts';

const ASKS_CONTAINERD = 'io.kubernetes.cri.untrusted-workload';

/** An untrusted workload on the kernel of its node. The configuration says which workloads are untrusted. */
export const rule = defineRule({
  id: 'pod/runtime-class-missing',
  summary: 'Untrusted workloads run in a sandbox',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['pod', 'runtime-class'],
  scope: 'pod',
  needs: ['cluster', 'scheduling'],
  options: {
    namespaces: { type: 'strings', default: [], description: 'namespaces whose pods are untrusted' },
    sandboxes: {
      type: 'strings',
      default: ['kata', 'gvisor', 'runsc', 'firecracker'],
      description: 'prefixes of runtime classes or handlers that isolate pods from the kernel of the node',
    },
  },
  messages: {
    none: '{pod} is untrusted but runs on the kernel of the node: no runtime class is set',
    noSandbox: '{pod} is untrusted but runs on the kernel of the node: runtime class `{name}` is not a sandbox',
  },
  *find(pod, { facts: { scheduling }, options }) {
    if (!options.namespaces.includes(pod.namespace) || pod.creator.kind === 'kubelet') return;
    const { runtimeClassName: name = '' } = scheduling.spec(pod);
    if (name === '') {
      // containerd runs such pods with its runtime for untrusted workloads.
      if (scheduling.annotation(pod, ASKS_CONTAINERD) === 'true') return;
      yield { is: 'none', at: { ...pod.placeOf(['spec']), at: 'key' }, pod };
      return;
    }
    const handler = scheduling.handlerOf(name);
    const isSandbox = options.sandboxes.some((each) => name.startsWith(each) || handler?.startsWith(each) === true);
    // Only the name is known of a class that is not declared.
    if (isSandbox || handler === undefined) return;
    yield { is: 'noSandbox', at: pod.placeOf(['spec', 'runtimeClassName']), pod, name };
  },
  say: {
    none: ({ pod }, { facts: { cluster } }) => ({ pod: cluster.describe(pod), hint }),
    noSandbox: ({ pod, name }, { facts: { cluster } }) => ({ pod: cluster.describe(pod), name, hint }),
  },
});

const hint = 'set `runtimeClassName` to a runtime class of Kata Containers or gVisor';
