import { defineCheckRule, type NetPolicy } from '../../src/lint/rule.ts';

/** What kinds a staged deletion takes away. */
const targets: Readonly<Record<string, { readonly kind: string; readonly group?: string }>> = {
  StagedNetworkPolicy: { kind: 'NetworkPolicy' },
  StagedGlobalNetworkPolicy: { kind: 'GlobalNetworkPolicy' },
  StagedKubernetesNetworkPolicy: { kind: 'NetworkPolicy', group: 'networking.k8s.io' },
};

/** A staged policy that would open or close flows; evaluated in force. Mirrors ConvertStagedPolicyToEnforced of projectcalico/api, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/staged-would-change',
  summary: 'What staged policies would change is known',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'object',
  needs: ['net', 'calico', 'cluster'],
  messages: {
    both: '`{title}`, {done}, would allow {opened}, which is denied now, and deny {closed}, which is allowed now',
    opens: '`{title}`, {done}, would allow {opened}, which is denied now',
    closes: '`{title}`, {done}, would deny {closed}, which is allowed now',
  },
  check(object, { facts: { net, calico, cluster }, report, gaveUp }) {
    const target = calico.isCalico(object) ? targets[object.kind] : undefined;
    const action = target === undefined ? undefined : calico.specOf(object).stagedAction;
    // Ignored are recommendations that somebody turned down.
    if (target === undefined || action === 'Ignore') return;
    const isDeletion = action === 'Delete';
    const [policy] = isDeletion ? deleted(target) : net.policies.of(object);
    if (policy === undefined) return;
    const change = isDeletion ? net.staged.without(policy) : net.staged.changeOf(policy);
    net.staged.gaveUp().forEach(gaveUp);
    if (change === undefined) return;
    const { opened, closed } = change;
    const key =
      opened === undefined ? (closed === undefined ? undefined : 'closes') : closed === undefined ? 'opens' : 'both';
    if (key === undefined) return;
    const isGlobal = object.kind === 'StagedGlobalNetworkPolicy';
    const name = isGlobal ? object.name : `${cluster.namespaceOf(object)}/${object.name}`;
    report(
      object,
      key,
      {
        title: `${object.kind} ${name}`,
        done: isDeletion ? 'put into effect' : 'put in force',
        opened: opened === undefined ? '' : net.staged.flowOf(opened),
        closed: closed === undefined ? '' : net.staged.flowOf(closed),
      },
      { hint: 'compare all flows with `k8sec net diff` before it is put in force' },
    );

    function deleted({
      kind,
      group = object.group,
    }: {
      readonly kind: string;
      readonly group?: string;
    }): readonly NetPolicy[] {
      const namespace = kind === 'GlobalNetworkPolicy' ? '' : cluster.namespaceOf(object);
      const found = cluster.find(group, kind, namespace, object.name);
      return found === undefined ? [] : net.policies.of(found);
    }
  },
});
