import { defineRule, listed } from '../../src/lint/rule.ts';

/** A rule that allows ingress from everywhere. Does not ask the network engine: a rule without peers allows every source. */
export const rule = defineRule({
  id: 'net/exposure',
  summary: 'Ports that are open to every source are listed',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  // In another namespace the policy selects other pods.
  restsOn: [{ on: 'placement', inDoubt: 'drop' }],
  scope: 'policy-rule',
  needs: ['net'],
  messages: {
    open: 'this rule opens {ports} of {pods} to every address and every pod, including pods not yet deployed',
  },
  *find({ policy: { object, policy }, rule }, { facts: { net } }) {
    const { direction, path, peers, ports, compiled, value } = rule;
    if (direction !== 'ingress' || policy?.governs.ingress !== true) return;
    if (!compiled.some(({ action }) => action === 'allow')) return;
    const isOpen =
      peers.length === 0 ||
      peers.some(({ blocks }) => blocks.some(({ text, except }) => text === '0.0.0.0/0' && except.length === 0));
    // net/empty-list-allows-all and net/null-field report what looks narrower than it is.
    const isMeant = peers.length > 0 || [value.from, value.source].every((each) => each === undefined);
    if (!isOpen || !isMeant || (ports.length === 0 && peers.length === 0)) return;
    const destinations = compiled.flatMap(({ action, destination }) =>
      action === 'allow' ? [destination.selector] : [],
    );
    const pods = net.policies
      .subjects(policy)
      .sure.filter((pod) =>
        destinations.some((selector) => selector === undefined || net.selections.mayMatch(selector, pod)),
      );
    if (pods.length > 0) yield { is: 'open', at: { object, path }, ports, pods };
  },
  say: {
    open: ({ ports, pods }, { facts: { net } }) => {
      const named = ports
        .map(({ port, protocol }) => `${String(port ?? 'any')}${protocol === '' ? '' : `/${protocol}`}`)
        .join(', ');
      return {
        ports: named === '' ? 'every port' : `port ${named}`,
        pods: listed(
          pods.map((endpoint) => net.pods.describe(endpoint)),
          3,
        ),
      };
    },
  },
});
