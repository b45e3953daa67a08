import { describe, expect, it } from 'vitest';
import { readBodies } from '../../text/read.ts';
import { NEWEST_MINOR } from '../versions.ts';
import { strictDecode } from './strict-decode.ts';
import { writtenObject } from '../written.ts';

function decode(text: string): { strict: readonly string[]; error?: string; written?: unknown } {
  const body = readBodies({ path: 'a.yaml', text }).bodies[0];
  const root = (body?.json ?? body?.yaml)?.root;
  if (root === undefined) throw new Error('the text of the test is broken');
  const { strictErrors, decodeError, type } = strictDecode(root, body?.json === undefined ? 'yaml' : 'json', text);
  if (decodeError !== undefined) return { strict: strictErrors, error: decodeError };
  return { strict: strictErrors, written: type && JSON.parse(writtenObject(root, type, NEWEST_MINOR)) };
}

describe('strict errors', () => {
  it('name unknown fields in the order of the JSON: sorted for YAML', () => {
    const { strict } = decode(
      'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    Image: b\n  a.b: 1\nzeta: 1\nalpha: {}\n',
    );
    expect(strict).toEqual([
      'unknown field "alpha"',
      'unknown field "spec.a.b"',
      'unknown field "spec.containers[0].Image"',
      'unknown field "zeta"',
    ]);
  });

  it('come in the order of the file for JSON, duplicates among them, each once', () => {
    const { strict } = decode('{"kind":"Pod","apiVersion":"v1","z":1,"kind":"Pod","z":2,"kind":"Pod","a":1}');
    expect(strict).toEqual(['unknown field "z"', 'duplicate field "kind"', 'unknown field "a"']);
  });

  it('stop at a hundred', () => {
    const fields = Array.from({ length: 120 }, (_, index) => `f${index}: 1\n`).join('');
    expect(decode(`apiVersion: v1\nkind: Pod\n${fields}`).strict).toHaveLength(100);
  });

  it('find a misspelt Kind field that the server still reads as the kind', () => {
    expect(decode('apiVersion: v1\nKind: Pod\n')).toMatchObject({ strict: ['unknown field "Kind"'] });
  });

  it('are hidden by a decode error', () => {
    expect(decode('apiVersion: v1\nkind: Pod\nfoo: 1\nspec: []\n').strict).toEqual([]);
  });

  it('do not look inside the items of a List', () => {
    expect(decode('apiVersion: v1\nkind: List\nitems: [{foo: 1}]\n').strict).toEqual([]);
  });
});

describe('decode errors', () => {
  it.each([
    ['spec: {containers: [{image: 1}]}', 'number into Go struct field Container.spec.containers.image of type string'],
    ['spec: {containers: {}}', 'object into Go struct field PodSpec.spec.containers of type []v1.Container'],
    ['spec: {restartPolicy: true}', 'bool into Go struct field PodSpec.spec.restartPolicy of type v1.RestartPolicy'],
    ['metadata: {labels: {a: 1}}', 'number into Go struct field ObjectMeta.metadata.labels of type string'],
    ['spec: {priority: 2147483648}', 'number 2147483648 into Go struct field PodSpec.spec.priority of type int32'],
    [
      'spec: {volumes: [{emptyDir: x}]}',
      'string into Go struct field Volume.spec.volumes.VolumeSource.emptyDir of type v1.EmptyDirVolumeSource',
    ],
  ])('name the struct, field and type Go would: %s', (spec, message) => {
    expect(decode(`apiVersion: v1\nkind: Pod\n${spec}\n`).error).toBe(`json: cannot unmarshal ${message}`);
  });

  it('of types that decode themselves win over earlier plain ones', () => {
    const text = 'apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: 1}\nspec: {hard: {cpu: 1 Gi}}\n';
    expect(decode(text).error).toMatch(/^quantities must match the regular expression/);
  });

  it.each([
    ['kind: Pod\n', "Object 'apiVersion' is missing in 'kind: Pod\n'"],
    ['apiVersion: a/b/c\nkind: Pod\n', 'unexpected GroupVersion string: a/b/c'],
    ['apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\n', /^no kind "PodSecurityPolicy" is registered for version/],
    ['- 1\n', /^couldn't get version\/kind; json parse error: json: cannot unmarshal array into Go value/],
  ])('tell what is missing or not known: %j', (text, message) => {
    expect(decode(text).error).toMatch(message);
  });
});

describe('the object written back', () => {
  it('has canonical quantities and times, zero structs and no unknown fields', () => {
    const text = `apiVersion: v1
kind: Pod
metadata: {name: web, creationTimestamp: "2020-05-05T10:11:12+02:00", annotations: {}}
spec:
  foo: 1
  hostNetwork: false
  containers:
  - name: web
    resources: {limits: {memory: 1024Mi, cpu: 1500m, pods: 0.5}}
`;
    expect(decode(text).written).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', creationTimestamp: '2020-05-05T08:11:12Z' },
      spec: { containers: [{ name: 'web', resources: { limits: { memory: '1Gi', cpu: '1500m', pods: '500m' } } }] },
      status: {},
    });
  });

  it('merges repeated keys of JSON: lists item by item, maps together, scalars the last', () => {
    const text =
      '{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"name":"a","image":"x"},{"name":"b"}],"nodeName":"n"},' +
      '"spec":{"containers":[{"name":"c"}],"nodeSelector":{"k":"1"},"nodeSelector":{"l":"2"},"nodeName":null}}';
    expect(decode(text).written).toMatchObject({
      spec: { containers: [{ name: 'c', image: 'x' }], nodeSelector: { k: '1', l: '2' }, nodeName: 'n' },
    });
  });

  it('makes zero structs of null items and leaves null structs, lists and maps out', () => {
    const text = 'apiVersion: v1\nkind: Pod\nmetadata: {labels: null}\nspec: {containers: [null], volumes: null}\n';
    expect(decode(text).written).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {},
      spec: { containers: [{ name: '', resources: {} }] },
      status: {},
    });
  });

  it('keeps every digit of an int64', () => {
    const body = readBodies({
      path: 'a.yaml',
      text: 'apiVersion: v1\nkind: Pod\nspec: {activeDeadlineSeconds: 9223372036854775807}\n',
    }).bodies[0];
    const root = body?.yaml.root;
    const type = root && strictDecode(root, 'yaml', '').type;
    expect(root && type && writtenObject(root, type, NEWEST_MINOR)).toContain(':9223372036854775807');
  });
});
