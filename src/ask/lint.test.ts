import { describe, expect, it } from 'vitest';
import { lint } from './lint.ts';

describe('lint', () => {
  it('names the file and line of a value that is not known, also in what a kustomization makes', () => {
    const base =
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - {name: web, image: "${IMAGE}"}\n';
    const texts = {
      'base/kustomization.yaml': 'resources: [pod.yaml]\n',
      'base/pod.yaml': base,
      'prod/kustomization.yaml': 'namespace: prod\nresources: [../base]\n',
    };
    const files = Object.entries(texts).map(([path, text]) => ({ path, text }));
    expect(lint({ files }).unknown).toMatchObject([
      { file: 'base/pod.yaml', line: 7, path: 'spec.containers[0].image', object: { namespace: 'prod', name: 'web' } },
    ]);
  });

  it('is not sure of what policies refuse while a value of one of them, or of a grant, is not known', () => {
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: web}]}\n';
    const policy = (privileged: string): string =>
      `apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: {name: p}\nspec:\n  privileged: ${privileged}\n  fsGroup: {rule: RunAsAny}\n  runAsUser: {rule: RunAsAny}\n  seLinux: {rule: RunAsAny}\n  supplementalGroups: {rule: RunAsAny}\n`;
    const levels = (text: string) =>
      lint({
        files: [{ path: 'a.yaml', text: `${pod}---\n${text}` }],
        config: { settings: { podSecurityPolicy: true } },
      })
        .findings.filter(({ rule }) => rule === 'psp/no-usable-policy')
        .map(({ severity, softened }) => [severity, softened?.because]);
    expect(levels(policy('false'))).toMatchObject([['warning', 'the user who creates the pod is not known']]);
    expect(levels(policy('${PRIVILEGED}'))).toEqual([
      ['info', 'the value of `spec.privileged` of PodSecurityPolicy `p` is not known'],
    ]);
  });

  it('is not sure that a role is missing where another part of the tree defines it, unless that part is a copy', () => {
    const workload = (image: string): string =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: ${image}}]}\n`;
    const role =
      '---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: releaser}\nrules: []\n';
    const binding =
      '---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b}\n' +
      'roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: releaser}\nsubjects: [{kind: ServiceAccount, name: web}]\n';
    const severities = (inRole: string) =>
      lint({
        files: [
          { path: 'test/a.yaml', text: workload('a') + binding },
          { path: 'operator/a.yaml', text: workload('b') + inRole },
        ],
      })
        .findings.filter(({ rule }) => rule === 'rbac/role-undefined')
        .map(({ severity, softened }) => [severity, softened?.because]);
    expect(severities('')).toEqual([['warning', undefined]]);
    expect(severities(role)).toEqual([['info', '`operator/a.yaml` defines it, for what looks like another cluster']]);
    expect(severities(role + binding)).toEqual([['warning', undefined]]);
  });
});
