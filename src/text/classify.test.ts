import { expect, test } from 'vitest';
import { classify } from './classify.ts';
import { readDocuments } from './read.ts';

test.each([
  ['pod.yaml', 'apiVersion: v1\nkind: Pod\n', 'object'],
  ['policy.yaml', 'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nx: "{{ request.object }}"\n', 'object'],
  ['chart/templates/a.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: {name: "{{ .Release.Name }}"}\n', 'template'],
  ['chart/templates/a.yaml', '{{- if .Values.x }}\nkind: Pod\n{{- end }}\n', 'template'],
  [
    'x.yaml',
    '#@ load("@ytt:data", "data")\nkind: Pod\napiVersion: v1\nmetadata:\n  name: #@ data.values.name\n',
    'template',
  ],
  ['x.yaml', 'kind: Pod\napiVersion: v1\nmetadata: #@schema/nullable\n  name: a #@ b\n', 'object'],
  ['kustomization.yaml', 'resources: [a.yaml]\n', 'kustomization'],
  ['base.yaml', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Component\n', 'kustomization'],
  ['chart/values-prod.yaml', 'replicas: 1\n', 'helm values'],
  ['chart/Chart.yaml', 'apiVersion: v2\nname: x\nversion: 1.0.0\n', 'helm chart'],
  ['x.json', '{"$schema": "x"}', 'other'],
  ['x.yaml', 'kind: Pod\n', 'other'],
  ['x.yaml', 'apiVersion: v1\n', 'other'],
  ['x.yaml', '- a\n', 'other'],
  ['x.yaml', '# nothing\n', 'empty'],
  ['x.yaml', 'a: [\n', 'other'],
  ['tsconfig.json', '{\n  // comment\n  "kind": "x"\n}\n', 'other'],
  ['ci.yml', 'jobs:\n  x:\n    apiVersion: v1\n    a: [\n', 'other'],
  ['x.yaml', 'apiVersion: v1\nkind: [\n', 'broken'],
  ['x.yaml', '\uFEFFkind: Pod\na: [\n', 'broken'],
  ['x.json', '{"a": [1, "apiVersion": "v1", }', 'broken'],
  ['x.yaml', '- apiVersion: v1\n  a: [\n', 'broken'],
  ['x.yaml', 'kind: ConfigMap\n{% if a %}\nb: c\n', 'template'],
  ['x.ftl.yaml', '<#list a as b>\nkind: Namespace\nname: ${b}\n</#list>\n', 'template'],
  ['x.yaml', 'kind: ConfigMap\nport: %PORT%\n', 'template'],
  ['x.yaml', 'kind: ConfigMap\nname: @@name@@\n', 'template'],
  ['x.yaml', 'kind: Role\nnamespace: %%%\n', 'template'],
  ['x.yaml', 'kind: Secret\ndata:\n  a: |\n$CERT\n', 'template'],
  ['x.yaml', 'kind: ConfigMap # {{ if }}\n# {% x %} {{ y }}\na: [\n', 'broken'],
  ['catalog-info.yaml', 'apiVersion: backstage.io/v1alpha1\nkind: Component\n', 'tool file'],
  ['config.yaml', 'apiversion: scorecard.operatorframework.io/v1alpha3\nkind: Configuration\n', 'tool file'],
  ['nut.yaml', 'apiVersion: v1alpha1\nkind: ExtensionServiceConfig\nname: nut\n', 'tool file'],
  ['misspelt.yaml', 'apiVersion: v1beta1\nkind: Ingress\nmetadata: { name: a }\n', 'object'],
  ['chainsaw-test.yaml', 'apiVersion: chainsaw.kyverno.io/v1alpha1\nkind: Test\n', 'test'],
])('%s with %j is %s', (path, text, kind) => {
  const [document] = readDocuments({ path, text }).documents;
  if (document === undefined) throw new Error('no document');
  expect(classify(document)).toBe(kind);
});
