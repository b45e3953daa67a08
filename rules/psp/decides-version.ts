import { defineRule } from '../../src/lint/rule.ts';

const OTHERS_PER_POLICY = 5;

/** A PodSecurityPolicy because of which all manifests are judged for the last version that has such policies. */
export const rule = defineRule({
  id: 'psp/decides-version',
  summary: 'No leftover PodSecurityPolicy decides which version of Kubernetes manifests are judged for',
  severity: 'info',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'meta'],
  restsOn: [],
  // Said once, at the policy.
  scope: 'tree',
  needs: ['psp', 'cluster'],
  messages: {
    decides:
      'because of PodSecurityPolicy `{policy}` all {count} objects are judged for Kubernetes {version}, the last that has such policies',
    contradicts: {
      text: 'because of PodSecurityPolicy `{policy}` all {count} objects are judged for Kubernetes {version}, which does not serve {later}',
      level: 'warning',
    },
  },
  *find(_cluster, { facts: { psp, cluster } }) {
    const { oldVersion } = psp;
    if (oldVersion === undefined || !cluster.isLinted(oldVersion.policy)) return;
    const { policy, others, later } = oldVersion;
    if (others.length === 0) return;
    const [first] = later;
    const at = { object: policy, path: ['kind'] };
    if (first === undefined) {
      // Among many policies the version is no surprise, and the end of the report tells it.
      if (others.length < OTHERS_PER_POLICY * psp.written.length) return;
      yield { is: 'decides', at, policy, others };
      return;
    }
    const because = [{ object: first, path: ['apiVersion'], sentence: 'served by later versions alone' }];
    yield { is: 'contradicts', at, because, policy, others, first, more: later.length - 1 };
  },
  say: {
    decides: ({ policy, others }, { facts: { cluster } }) => ({
      policy: policy.name,
      count: others.length + 1,
      version: `1.${String(cluster.cluster.version.value.minor)}`,
      hint: 'delete the policy if the cluster is newer; else set `kubernetesVersion` in the configuration, or pass --kubernetes-version',
    }),
    contradicts: ({ policy, others, first, more }, { facts: { cluster } }) => ({
      policy: policy.name,
      count: others.length + 1,
      version: `1.${String(cluster.cluster.version.value.minor)}`,
      later: `${first.kind} \`${first.name}\`${more === 0 ? '' : ` and ${String(more)} more`}`,
      hint: 'set `kubernetesVersion` in the configuration, or pass --kubernetes-version; delete what that version does not have',
    }),
  },
});
