import { defineRule } from '../../src/lint/rule.ts';

/** A database or a control port that clients outside the cluster can reach through a Service. Asks the network engine. */
export const rule = defineRule({
  id: 'net/exposed',
  summary: 'No database or control port is exposed outside the cluster',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  aliases: ['C-0021', 'C-0256', 'C-0266', 'C-0274'],
  restsOn: ['placement'],
  scope: 'service',
  needs: ['net'],
  messages: {
    open: 'Service `{name}` ({type}) exposes {what} on port {port} of {pod} outside the cluster, and no policy denies it',
  },
  *find(service, { facts: { net } }) {
    const exposure = net.exposures.sensitive.find((each) => each.service === service);
    if (exposure === undefined) return;
    const { pod, port, what } = exposure;
    yield { is: 'open', at: { object: service.object, path: ['spec', 'type'] }, service, pod, port, what };
  },
  say: {
    open: ({ service: { name, type }, pod, port, what }, { facts: { net } }) => ({
      name,
      type,
      what,
      port,
      pod: net.traffic.podEnd(pod).name,
      hint: 'use type ClusterIP, or add a policy that allows only the known clients',
    }),
  },
});
