import { describe, expect, it } from 'vitest';
import { analyze } from '../../../ask/analyze.ts';

const findings = (text: string) =>
  analyze({ files: [{ path: 'a.yaml', text }] }).findings.map(({ rule, message }) => `${rule} ${message}`);

const policy = (name: string, runAsUser: string) => `apiVersion: policy/v1beta1
kind: PodSecurityPolicy
metadata:
  name: ${name}
spec:
  runAsUser:
    rule: ${runAsUser}
  seLinux:
    rule: RunAsAny
  supplementalGroups:
    rule: RunAsAny
  fsGroup:
    rule: RunAsAny
`;

const about = (rule: string, found: readonly string[]) => found.filter((each) => each.startsWith(`psp/${rule} `));

describe('the policies that rules see', () => {
  it('are those that the server stores: nothing is said about what a refused one would admit, or who may use it', () => {
    const refused = findings(policy('allow_root', 'RunAsAny'));
    expect(refused.filter((each) => each.startsWith('meta/invalid '))).toHaveLength(1);
    for (const rule of ['allows-root', 'allows-privilege-escalation', 'seccomp-annotation', 'no-subject'])
      expect(about(rule, refused)).toEqual([]);
    expect(about('allows-root', findings(policy('allow-root', 'RunAsAny')))).toHaveLength(1);
  });

  it('count as written all the same where a role names a refused one, and where the plugin is on', () => {
    const role = `---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: use
rules:
  - apiGroups: [policy]
    resources: [podsecuritypolicies]
    verbs: [use]
    resourceNames: [allow_root]
`;
    const found = findings(policy('allow_root', 'RunAsAny') + role);
    expect(about('grant-undefined-policy', found)).toEqual([]);
    expect(about('plugin-without-policy', found)).toEqual([]);
  });
});
