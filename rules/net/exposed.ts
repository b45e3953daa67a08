import { defineCheckRule } from '../../src/lint/rule.ts';

/** A database or a control port that the world outside may reach through a Service. Asks the network engine. */
export const rule = defineCheckRule({
  id: 'net/exposed',
  summary: 'No database or control port is open to the world outside',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  aliases: ['C-0021', 'C-0256', 'C-0266', 'C-0274'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    open: 'Service `{name}` ({type}) opens {what} of {pods}, port {port}, to the world outside, and no policy refuses it',
  },
  check(_cluster, { facts: { net, cluster }, report }) {
    for (const { service, pod, port, what } of net.exposures.sensitive) {
      const { object, name, type } = service;
      if (!cluster.isLinted(object)) continue;
      const soft = cluster.isTransformed(object) ? ({ atMost: 'info' } as const) : {};
      report(
        { object, path: ['spec', 'type'] },
        'open',
        { name, type, what, pods: net.traffic.podEnd(pod).name, port },
        { hint: 'use a ClusterIP, or a policy that lets in who is to use it', ...soft },
      );
    }
  },
});
