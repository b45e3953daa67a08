import { type Facts, calicoKinds, defineRule } from '../../src/lint/rule.ts';

/** A staged policy that would open or close flows; evaluated as enforced. Mirrors ConvertStagedPolicyToEnforced of projectcalico/api, v3.32. */
export const rule = defineRule({
  id: 'calico/staged-would-change',
  summary: 'The effect of staged policies is known',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'object',
  kinds: calicoKinds('StagedNetworkPolicy', 'StagedGlobalNetworkPolicy', 'StagedKubernetesNetworkPolicy'),
  needs: ['net', 'calico', 'cluster'],
  messages: {
    both: 'enforcing {title} would allow {opened}, which is denied now, and deny {closed}, which is allowed now',
    opens: 'enforcing {title} would allow {opened}, which is denied now',
    closes: 'enforcing {title} would deny {closed}, which is allowed now',
  },
  *find(object, { facts: { net, calico, cluster }, gaveUp }) {
    const target = calico.stagedTarget(object);
    const action = target === undefined ? undefined : calico.specOf(object).stagedAction;
    // Recommendations that a user has turned down are ignored.
    if (target === undefined || action === 'Ignore') return;
    const isDeletion = action === 'Delete';
    const manifest = isDeletion ? cluster.find(target.group, target.kind, target.namespace, target.name) : object;
    const [policy] = manifest === undefined ? [] : net.policies.of(manifest);
    if (policy === undefined) return;
    const { opened, closed } = (isDeletion ? net.staged.without(policy) : net.staged.changeOf(policy)) ?? {};
    net.staged.gaveUp().forEach(gaveUp);
    const found = { at: object, staged: { kind: object.kind, target, isDeletion } };
    if (opened !== undefined && closed !== undefined) yield { is: 'both', ...found, opened, closed };
    else if (opened !== undefined) yield { is: 'opens', ...found, opened };
    else if (closed !== undefined) yield { is: 'closes', ...found, closed };
  },
  say: {
    both: ({ staged, opened, closed }, { facts: { net } }) => ({
      title: titleOf(staged),
      opened: net.staged.flowOf(opened),
      closed: net.staged.flowOf(closed),
      hint,
    }),
    opens: ({ staged, opened }, { facts: { net } }) => ({
      title: titleOf(staged),
      opened: net.staged.flowOf(opened),
      hint,
    }),
    closes: ({ staged, closed }, { facts: { net } }) => ({
      title: titleOf(staged),
      closed: net.staged.flowOf(closed),
      hint,
    }),
  },
});

const hint = 'compare all flows with `k8sec net diff` before you enforce it';

interface Staged {
  readonly kind: string;
  readonly target: NonNullable<ReturnType<Facts['calico']['stagedTarget']>>;
  readonly isDeletion: boolean;
}

function titleOf({ kind, target: { namespace, name }, isDeletion }: Staged): string {
  const title = `\`${kind} ${namespace === '' ? '' : `${namespace}/`}${name}\``;
  return isDeletion ? `the deletion staged by ${title}` : title;
}
