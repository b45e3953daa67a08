import { defineCheckRule } from '../../src/lint/rule.ts';

const ASKS_CONTAINERD = 'io.kubernetes.cri.untrusted-workload';

/** A workload that is not trusted, on the kernel of its node. Which are not trusted the configuration says. */
export const rule = defineCheckRule({
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
    namespaces: { type: 'strings', default: [], description: 'namespaces whose pods are not trusted' },
    sandboxes: {
      type: 'strings',
      default: ['kata', 'gvisor', 'runsc', 'firecracker'],
      description: 'how the names of runtime classes or handlers begin that keep pods off the kernel of their node',
    },
  },
  messages: {
    none: '{pod} will run on the kernel of its node, though not trusted: no runtime class is named',
    noSandbox: '{pod} will run on the kernel of its node, though not trusted: the runtime class `{name}` is no sandbox',
  },
  check(pod, { facts: { cluster, scheduling }, options, report }) {
    if (!options.namespaces.includes(pod.namespace) || pod.creator.kind === 'kubelet') return;
    const { runtimeClassName: name = '' } = scheduling.spec(pod);
    const described = cluster.describe(pod);
    const hint = 'name a runtime class of Kata Containers or gVisor in `runtimeClassName`';
    if (name === '') {
      // containerd puts it into the runtime for untrusted workloads.
      if (scheduling.annotation(pod, ASKS_CONTAINERD) === 'true') return;
      report({ ...pod.placeOf(['spec']), at: 'key' }, 'none', { pod: described }, { hint });
      return;
    }
    const handler = scheduling.handlerOf(name);
    const isSandbox = options.sandboxes.some((each) => name.startsWith(each) || handler?.startsWith(each) === true);
    // Of a class that is not declared only the name is known.
    if (isSandbox || handler === undefined) return;
    report(pod.placeOf(['spec', 'runtimeClassName']), 'noSandbox', { pod: described, name }, { hint });
  },
});
