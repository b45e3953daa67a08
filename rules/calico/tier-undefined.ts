import { defineCheckRule, nearest } from '../../src/lint/rule.ts';

/** Tiers that Calico or its operator makes, in one version or another. */
const builtIn: ReadonlySet<string> = new Set([
  'default',
  'kube-admin',
  'kube-baseline',
  'adminnetworkpolicy',
  'baselineadminnetworkpolicy',
  'allow-tigera',
  'calico-system',
]);

/** A policy of a tier that no manifest makes. Mirrors libcalico-go/lib/clientv3, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/tier-undefined',
  summary: 'Every policy is in a tier that exists',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'object',
  needs: ['calico', 'cluster'],
  messages: {
    undefined: '`{title}` is in tier `{tier}`, which no manifest makes: {effect}',
  },
  check(object, { facts: { calico, cluster }, report }) {
    const policy = calico.policy(object);
    const tier = policy?.spec.tier;
    if (policy === undefined || typeof tier !== 'string' || tier === '' || builtIn.has(tier)) return;
    const made = [...cluster.ofKind('projectcalico.org', 'Tier'), ...cluster.ofKind('crd.projectcalico.org', 'Tier')];
    if (made.some(({ name }) => name === tier)) return;
    const near = nearest(tier, [...made.map(({ name }) => name), 'default']);
    report(
      { object, path: ['spec', 'tier'] },
      'undefined',
      {
        title: policy.title,
        tier,
        effect: policy.isStored ? 'the tier comes last then, and denies at its end' : 'Calico refuses the policy',
      },
      {
        hint: near === undefined ? 'write the Tier, or name its manifest under `context`' : `do you mean \`${near}\`?`,
        // Without a single Tier in the tree, they are likely made elsewhere.
        ...(made.length === 0 && near === undefined ? { atMost: 'warning' } : {}),
      },
    );
  },
});
