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

  it('counts the objects of custom kinds that are checked against no schema, and says why', () => {
    const widget = (name: string, kind: string) =>
      `apiVersion: example.com/v1\nkind: ${kind}\nmetadata: {name: ${name}}\n`;
    const text = [
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: gadgets.example.com}\nspec: {group: example.com, scope: Namespaced, names: {kind: Gadget, plural: gadgets}, versions: [{name: v1, served: true, storage: true}]}\n',
      widget('a', 'Widget'),
      widget('b', 'Widget'),
      widget('c', 'Gadget'),
      'apiVersion: apps/v1\nkind: Deploymnt\nmetadata: {name: d}\n',
    ].join('---\n');
    const { unchecked, findings } = lint({ files: [{ path: 'a.yaml', text }] });
    expect(unchecked).toEqual([
      {
        apiVersion: 'example.com/v1',
        kind: 'Widget',
        objects: 2,
        why: 'no CustomResourceDefinition in these manifests',
      },
      {
        apiVersion: 'example.com/v1',
        kind: 'Gadget',
        objects: 1,
        why: 'CustomResourceDefinition without a schema, or at odds with another one',
      },
    ]);
    expect(findings.filter(({ rule }) => rule === 'meta/unknown-kind')).toHaveLength(1);
  });

  it('says once of all manifests together what many namespaces lack, and once for all clusters', () => {
    const namespaces = (names: readonly string[]) =>
      names.map((name) => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n`).join('---\n');
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: a}\nspec: {containers: [{name: web, image: web}]}\n';
    const text = `${namespaces(['a', 'b', 'c', 'd'])}---\n${pod}`;
    const { findings } = lint({ files: ['x/a.yaml', 'y/a.yaml'].map((path) => ({ path, text })) });
    const said = findings.map(({ file, rule, clusters = [] }) => [file, rule, clusters.length]);
    expect(said).toEqual([
      ['x/a.yaml', 'net/default-deny-missing', 2],
      ['x/a.yaml', 'ns/limit-range-missing', 2],
      ['x/a.yaml', 'ns/resource-quota-missing', 2],
      ['x/a.yaml', 'psa/namespace-unlabelled', 2],
    ]);
  });

  it('is not sure that a namespace has no policy while one may be applied to any', () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec: {containers: [{name: web, image: web}]}\n';
    const policy = (metadata: string) =>
      `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {${metadata}}\nspec: {podSelector: {}}\n`;
    const found = (metadata: string) =>
      lint({
        files: [
          { path: 'pod.yaml', text: pod },
          { path: 'policy.yaml', text: policy(metadata) },
        ],
      })
        .findings.filter(({ rule }) => rule === 'net/namespace-without-policy')
        .map(({ severity, softened }) => [severity, softened?.because]);
    expect(found('name: deny, namespace: bank')).toEqual([['warning', undefined]]);
    expect(found('name: deny')).toEqual([
      ['info', 'NetworkPolicy `deny` leaves `metadata.namespace` out and may be applied to any namespace'],
    ]);
  });

  it('tells as information what a template or a component is refused for, since others fill it in', () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: web_name}\nspec: {containers: [{name: web, image: web}]}\n';
    const severities = (files: readonly { readonly path: string; readonly text: string }[]) =>
      lint({ files })
        .findings.filter(({ rule }) => rule === 'meta/invalid')
        .map(({ severity }) => severity);
    expect(severities([{ path: 'web.yaml', text: pod }])).toEqual(['error']);
    expect(severities([{ path: 'web.template.yaml', text: pod }])).toEqual(['info']);
    const component = { path: 'kustomization.yaml', text: 'kind: Component\nresources: [web.yaml]\n' };
    expect(severities([component, { path: 'web.yaml', text: pod }])).toEqual(['info']);
  });

  it('is not sure that traffic is denied while policies of another kind may allow it', () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec: {containers: [{name: web, image: web}]}\n';
    const policy =
      '---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: shop}\nspec: {podSelector: {}, policyTypes: [Egress]}\n' +
      '---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web, namespace: shop}\nspec: {podSelector: {}, egress: [{ports: [{port: 443}]}]}\n';
    const cilium = '---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: dns, namespace: shop}\n';
    const severities = (text: string) =>
      lint({ files: [{ path: 'a.yaml', text }] })
        .findings.filter(({ rule }) => rule === 'net/dns-egress-missing')
        .map(({ severity, softened }) => [severity, softened?.because]);
    expect(severities(pod + policy)).toEqual([['warning', undefined]]);
    expect(severities(pod + policy + cilium)).toEqual([['info', 'CiliumNetworkPolicy `dns` may allow more']]);
  });

  it('tells no volume as missing whose own values are not known', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers: [{name: web, image: web, volumeMounts: [{name: disk, mountPath: /a}]}]\n  volumes: [{name: disk, fc: {targetWWNs: [a], lun: <LUN>}}]\n';
    const found = lint({ files: [{ path: 'a.yaml', text }] }).findings.filter(({ rule }) => rule === 'meta/invalid');
    expect(found).toEqual([]);
  });

  it('tells a volume that is not there whatever value is not known elsewhere', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers: [{name: web, image: web, volumeMounts: [{name: none, mountPath: /a}]}]\n  volumes: [{name: nfs, nfs: {server: "${SERVER}", path: /}}]\n';
    const found = lint({ files: [{ path: 'a.yaml', text }] }).findings.filter(({ rule }) => rule === 'meta/invalid');
    expect(found.map(({ severity, start }) => [severity, start.line])).toEqual([['error', 5]]);
  });
});
