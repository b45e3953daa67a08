import { type AnyGround, calicoPolicyKinds, defineRule, nearest } from '../../src/lint/rule.ts';

/** A policy of a tier that no manifest defines. Mirrors libcalico-go/lib/clientv3, v3.32. */
export const rule = defineRule({
  id: 'calico/tier-undefined',
  summary: 'Every policy is in a tier that exists',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'object',
  kinds: calicoPolicyKinds,
  needs: ['calico', 'cluster'],
  messages: {
    undefined: '`{title}` is in tier `{tier}`, which no manifest defines: {effect}',
  },
  find(object, { facts: { calico, cluster } }) {
    const policy = calico.policy(object);
    const tier = policy?.spec.tier;
    if (policy === undefined || typeof tier !== 'string' || tier === '' || builtIn.has(tier)) return [];
    const made = [...cluster.ofKind('projectcalico.org', 'Tier'), ...cluster.ofKind('crd.projectcalico.org', 'Tier')];
    if (made.some(({ name }) => name === tier)) return [];
    const near = nearest(tier, [...made.map(({ name }) => name), 'default']);
    const division = { on: 'division', group: 'projectcalico.org', kind: 'Tier', name: tier } as const;
    const restsOn = made.length === 0 && near === undefined ? [elsewhere, division] : [division];
    return [{ is: 'undefined', at: { object, path: ['spec', 'tier'] }, restsOn, policy, tier, near }];
  },
  say: {
    undefined: ({ policy: { title, isStored }, tier, near }) => ({
      title,
      tier,
      effect: isStored ? 'Felix evaluates that tier last, and denies at its end' : 'Calico rejects the policy',
      hint: near === undefined ? define : `did you mean \`${near}\`?`,
    }),
  },
});

const define = 'define the Tier, or list its manifest under `context`';

const elsewhere: AnyGround = {
  assumes: { sentence: 'these manifests define no Tier, so tiers may be defined elsewhere', decide: define },
  level: 'warning',
};

/** Tiers that Calico or its operator creates, in one version or another. */
const builtIn: ReadonlySet<string> = new Set([
  'default',
  'kube-admin',
  'kube-baseline',
  'adminnetworkpolicy',
  'baselineadminnetworkpolicy',
  'allow-tigera',
  'calico-system',
]);
