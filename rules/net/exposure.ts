import { defineCheckRule, listed } from '../../src/lint/rule.ts';

/** A rule that lets in everybody from outside. Asks the network engine nothing: a rule without peers is for everybody. */
export const rule = defineCheckRule({
  id: 'net/exposure',
  summary: 'What may be reached from everywhere is listed',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    open: 'this rule opens {ports} of {pods} to every address, and to every pod that is yet to be written',
  },
  check(_cluster, { facts: { net, cluster }, report }) {
    for (const { object, policy, rules } of net.policies.written) {
      // A kustomization may put it into another namespace, where it is for other pods.
      if (policy?.governs.ingress !== true || cluster.isTransformed(object)) continue;
      const pods = net.policies.subjects(policy).sure.map((endpoint) => net.pods.describe(endpoint));
      if (pods.length === 0) continue;
      for (const { direction, path, peers, ports, compiled, value } of rules) {
        if (direction !== 'ingress' || !compiled.some(({ action }) => action === 'allow')) continue;
        const isOpen =
          peers.length === 0 ||
          peers.some(({ blocks }) => blocks.some(({ text, except }) => text === '0.0.0.0/0' && except.length === 0));
        // net/empty-list-allows-all and net/null-field tell what looks narrower than it is.
        const isNamed = [value.from, value.source].every((each) => each === undefined) || peers.length > 0;
        if (!isOpen || !isNamed || (ports.length === 0 && peers.length === 0)) continue;
        const named = ports
          .map(({ port, protocol }) => `${String(port ?? 'any')}${protocol === '' ? '' : `/${protocol}`}`)
          .join(', ');
        report({ object, path }, 'open', {
          ports: named === '' ? 'every port' : `port ${named}`,
          pods: listed(pods, 3),
        });
      }
    }
  },
});
