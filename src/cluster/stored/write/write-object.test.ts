import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../model/object.ts';
import { readJson } from '../../../text/json/read-json.ts';
import { writeObject, type WriteAnswer, type WriteRequest } from './write-object.ts';

function request(value: JsonObject): WriteRequest {
  const written = JSON.stringify(value);
  const { root } = readJson(written, 0, written.length, 'body');
  if (root === undefined) throw new Error('not JSON');
  return { root, value };
}

const server = (minor: number) => ({ minor, procMountType: minor >= 33, allowPrivileged: true });

function create(minor: number, value: JsonObject, around: Partial<WriteRequest> = {}): WriteAnswer {
  return writeObject({ ...request(value), ...around }, server(minor));
}

function change(minor: number, before: JsonObject, after: JsonObject): WriteAnswer {
  const { internal } = create(minor, before);
  if (internal === undefined) throw new Error('refused');
  return writeObject(request(after), server(minor), { internal, hasResourceVersion: true });
}

const CONFIG = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'shop' }, data: { a: 'b' } };

const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx' }] } },
  },
};

describe('writeObject', () => {
  it('answers what kubectl and the decoder say before anything is validated', () => {
    expect(create(37, { ...CONFIG, apiVersion: 'v2' })).toMatchObject({
      accepted: false,
      client: true,
      status: 404,
      message: 'no matches for kind "ConfigMap" in version "v2"',
    });
    expect(create(37, { ...CONFIG, data: 1 })).toMatchObject({
      status: 400,
      reason: 'BadRequest',
      message:
        'ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ConfigMap.data of type map[string]string',
    });
    expect(create(37, CONFIG, { namespace: 'bar' })).toMatchObject({ status: 400, reason: 'BadRequest' });
  });

  it('warns of unknown fields in newer servers, which refuse them when they are asked to', () => {
    const odd = { ...CONFIG, odd: 1 };
    expect(create(37, odd)).toMatchObject({ accepted: true, warnings: ['unknown field "odd"'] });
    expect(create(24, odd)).toMatchObject({ accepted: true, warnings: [] });
    expect(create(37, odd, { fieldValidation: 'Strict' }).message).toBe(
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "odd"',
    );
  });

  it('says every complaint in order, and the object as it is stored when there is none', () => {
    const broken = { ...DEPLOYMENT, spec: { ...DEPLOYMENT.spec, replicas: -1, template: {} } };
    const { status, reason, causes, message } = create(37, broken);
    expect({ status, reason }).toEqual({ status: 422, reason: 'Invalid' });
    expect(causes.map(({ type, field }) => `${type} ${field}`)).toEqual([
      'FieldValueInvalid spec.replicas',
      'FieldValueInvalid spec.template.metadata.labels',
      'FieldValueRequired spec.template.spec.containers',
    ]);
    expect(message).toBe(
      'Deployment.apps "web" is invalid: [spec.replicas: Invalid value: -1: must be greater than or equal to 0, spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`, spec.template.spec.containers: Required value]',
    );
    const { stored } = create(37, DEPLOYMENT);
    expect(stored).toMatchObject({
      metadata: { generation: 1 },
      spec: { replicas: 1, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%' } } },
      status: {},
    });
  });

  it('refuses what is there already, and a version that was read elsewhere', () => {
    expect(create(24, CONFIG, { exists: () => true })).toMatchObject({
      status: 409,
      reason: 'AlreadyExists',
      message: 'configmaps "c" already exists',
    });
    expect(create(24, { ...CONFIG, metadata: { name: 'c', resourceVersion: '5' } })).toMatchObject({ status: 500 });
    const stale = { ...CONFIG, metadata: { ...CONFIG.metadata, resourceVersion: '7' } };
    expect(change(24, CONFIG, stale)).toMatchObject({ status: 409, reason: 'Conflict' });
  });

  it('holds changes to what was there', () => {
    const relabelled = { ...DEPLOYMENT.spec, selector: { matchLabels: { app: 'web', tier: 'front' } } };
    const labels = { app: 'web', tier: 'front' };
    const spec = { ...relabelled, template: { ...relabelled.template, metadata: { labels } } };
    expect(change(37, DEPLOYMENT, { ...DEPLOYMENT, spec }).message).toContain('spec.selector: Invalid value: ');
    expect(change(37, DEPLOYMENT, { ...DEPLOYMENT, spec: { ...DEPLOYMENT.spec, replicas: 3 } }).stored).toMatchObject({
      metadata: { generation: 2 },
    });
    expect(change(37, CONFIG, { ...CONFIG, metadata: { name: 'd' } })).toMatchObject({ status: 400 });
  });

  it('gives services addresses and node ports', () => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 's' },
      spec: { type: 'NodePort', ports: [{ port: 80 }] },
    };
    expect(create(24, service).stored).toMatchObject({
      spec: { clusterIP: '10.96.0.10', ipFamilies: ['IPv4'], ports: [{ nodePort: 30000, targetPort: 80 }] },
    });
    const far = { ...service, spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 80, protocol: 'odd' }] } };
    expect(create(24, far).causes.map(({ field }) => field)).toEqual(['spec.ports[0].nodePort']);
  });

  it('looks at the schemas of definitions', () => {
    const schema = {
      openAPIV3Schema: {
        type: 'object',
        properties: { spec: { properties: { a: { type: 'text' }, b: { type: 'string', pattern: 'a(b' } } } },
      },
    };
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'ws.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { plural: 'ws', kind: 'W' },
        versions: [{ name: 'v1', served: true, storage: true, schema }],
      },
    };
    const at = 'spec.validation.openAPIV3Schema.properties[spec]';
    expect(create(37, definition).causes.map(({ field, detail }) => `${field}: ${detail}`)).toEqual([
      `${at}.properties[a].type: Unsupported value: "text": supported values: "array", "boolean", "integer", "number", "object", "string"`,
      `${at}.properties[b].pattern: Invalid value: "a(b": must be a valid regular expression, but isn't: error parsing regexp: missing closing ): \`a(b\``,
      `${at}.type: Required value: must not be empty for specified object fields`,
    ]);
  });
});
