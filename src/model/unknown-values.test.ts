import { describe, expect, it } from 'vitest';
import { formatFieldPath } from '../text/tree.ts';
import { readDocuments } from '../text/read.ts';
import { checkObjects } from './check-objects.ts';
import { objectsOf } from './objects.ts';
import { isUnknownField, mayDecide, unknownAt, unknownValues } from './unknown-values.ts';

function objectOf(text: string) {
  const [object] = objectsOf(readDocuments({ path: 'x.yaml', text }).documents).objects;
  if (object === undefined) throw new Error('no object');
  return object;
}

const pod = objectOf(`apiVersion: v1
kind: Pod # {{ a comment }}
metadata:
  name: web
  annotations: { note: '{{ x }}' }
  labels: { app: '\${APP}' }
spec:
  containers:
    - name: a
      image: '{{ .Image }}'
      args: [$(FLAGS)]
      env: [{ name: A, value: '\${A}' }]
`);

describe('values that are not known', () => {
  it('are those that hold a mark, and no others', () => {
    const paths = unknownValues(pod).map(({ path }) => formatFieldPath(path));
    expect(paths).toEqual([
      'metadata.annotations.note',
      'metadata.labels.app',
      'spec.containers[0].image',
      'spec.containers[0].args[0]',
      'spec.containers[0].env[0].value',
    ]);
  });

  it('are names with a word in capitals that a script replaces, but not of roles, which may be called so', () => {
    const service = (name: string, kind = 'Service', apiVersion = 'v1') =>
      unknownValues(
        objectOf(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}, labels: {a: A_B}}\n`),
      ).map(({ path }) => formatFieldPath(path));
    expect(service('ROLLOUT_NAME-active')).toEqual(['metadata.name']);
    expect(service('REPLACEME-canary')).toEqual(['metadata.name']);
    expect(service('FILLED BY THE OPERATOR')).toEqual(['metadata.name']);
    expect(service('wipe-HOSTNAME')).toEqual(['metadata.name']);
    expect(service('HOSTNAME')).toEqual(['metadata.name']);
    expect(service('SHOP')).toEqual([]);
    expect(service('my-API')).toEqual([]);
    expect(service('Web')).toEqual([]);
    expect(service('my_web')).toEqual([]);
    expect(service('READ_PODS', 'ClusterRole', 'rbac.authorization.k8s.io/v1')).toEqual([]);
  });

  it('are all values with a word that a script replaces in the name', () => {
    const wipe = objectOf(
      'apiVersion: v1\nkind: Pod\nmetadata: {name: wipe-HOSTNAME}\nspec: {nodeName: HOSTNAME, hostname: HOSTNAMES}\n',
    );
    expect(unknownValues(wipe).map(({ path }) => formatFieldPath(path))).toEqual(['metadata.name', 'spec.nodeName']);
  });

  it('may stand where a number belongs', () => {
    const faults = (completions: string) => {
      const job = objectOf(
        `apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec: {completions: ${completions}}\n`,
      );
      return checkObjects([job], { minor: 37 }, new Map()).problems.map(({ rule }) => rule);
    };
    expect(faults('NUM_NODES')).toEqual([]);
    expect(faults('many')).toEqual(['schema']);
  });

  it('decide nothing in data, annotations, arguments and environment variables', () => {
    const deciding = unknownValues(pod).filter((value) => mayDecide(pod, value));
    expect(deciding.map(({ path }) => formatFieldPath(path))).toEqual([
      'metadata.labels.app',
      'spec.containers[0].image',
    ]);
  });

  it('are found at a field, and among its parts where these count', () => {
    expect(unknownAt(pod, ['metadata', 'labels', 'app'], false)).toBeDefined();
    expect(unknownAt(pod, ['metadata', 'labels'], false)).toBeUndefined();
    expect(unknownAt(pod, ['metadata', 'labels'], true)).toBeDefined();
    expect(unknownAt(pod, ['spec', 'containers', 1], true)).toBeUndefined();
  });

  it('are no faults: of the wrong type, of keys, and in what SOPS encrypted', () => {
    const check = (text: string) =>
      checkObjects([objectOf(text)], { minor: 30 }, new Map()).problems.map(({ message }) => message);
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\n';
    expect(check(`${secret}data: { a: 'ENC[AES256_GCM,data:Zm9v,type:str]' }\nsops: { mac: x }\n`)).toEqual([]);
    expect(check(`${secret}data: { a: '{{ b64enc .x }}' }\n\${KEY}: x\n`)).toEqual([]);
    expect(check(`${secret}data: { a: '<none' }\n`)).toHaveLength(1);
    expect(check(`${secret}sops: x\n`)).toEqual(['unknown field "sops"']);
    const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: { replicas: ';
    expect(check(`${deployment}'\${N}' }`)).toEqual([]);
    expect(check(`${deployment}'3' }`)).toHaveLength(1);
  });

  it('are all of a field that holds nothing else', () => {
    expect(isUnknownField(pod, ['spec', 'containers', 0, 'image'])).toBe(true);
    expect(isUnknownField(pod, ['metadata', 'labels'])).toBe(true);
    expect(isUnknownField(pod, ['metadata'])).toBe(false);
    expect(isUnknownField(pod, ['spec', 'containers', 0, 'name'])).toBe(false);
  });
});
