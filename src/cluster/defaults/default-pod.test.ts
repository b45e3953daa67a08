import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../model/object.ts';
import { defaultPod } from './default-pod.ts';
import { encodePod } from './server-pod.ts';

function served(spec: JsonObject, minor = 24): JsonObject {
  const pod = defaultPod({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec }, { minor });
  return encodePod(pod, minor);
}

test('a pod comes back as the server writes it', () => {
  expect(served({ containers: [{ name: 'main', image: 'nginx:1' }] })).toEqual({
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name: 'web', creationTimestamp: null },
    spec: {
      containers: [
        {
          name: 'main',
          image: 'nginx:1',
          resources: {},
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
          imagePullPolicy: 'IfNotPresent',
        },
      ],
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      securityContext: {},
      schedulerName: 'default-scheduler',
      enableServiceLinks: true,
    },
    status: {},
  });
});

test("on the host's network every container port is a host port, and a volume without a source is an emptyDir", () => {
  const { spec } = served({
    hostNetwork: true,
    containers: [{ name: 'main', ports: [{ containerPort: 80 }] }],
    volumes: [{ name: 'v' }],
  }) as { spec: { containers: { ports: unknown }[]; volumes: unknown } };
  expect(spec.containers[0]?.ports).toEqual([{ hostPort: 80, containerPort: 80, protocol: 'TCP' }]);
  expect(spec.volumes).toEqual([{ name: 'v', emptyDir: {} }]);
});

test('fields that the version does not know are gone', () => {
  const spec = { containers: [], securityContext: { seccompProfile: { type: 'Unconfined' } }, hostUsers: false };
  const contextOf = (minor: number) => (served(spec, minor).spec as JsonObject).securityContext;
  expect(contextOf(24)).toEqual({ seccompProfile: { type: 'Unconfined' } });
  expect(contextOf(18)).toEqual({});
  expect(Object.keys(served(spec).spec as JsonObject)).not.toContain('hostUsers');
});

test('nulls are unset, values of the wrong type are left out', () => {
  const spec = { containers: null, hostPID: 'yes', nodeName: 5, dnsPolicy: null } as JsonObject;
  expect(served(spec).spec).toMatchObject({ containers: null, dnsPolicy: 'ClusterFirst' });
  expect(Object.keys(served(spec).spec as JsonObject)).not.toContain('hostPID');
});

test('requests are the limits, rounded up to thousandths', () => {
  const { spec } = served({
    containers: [{ name: 'm', resources: { limits: { cpu: '0.0001', memory: '1024Mi' } } }],
  }) as {
    spec: { containers: { resources: unknown }[] };
  };
  const amounts = { cpu: '1m', memory: '1Gi' };
  expect(spec.containers[0]?.resources).toEqual({ limits: amounts, requests: amounts });
});

describe('defaultPod of versions after 1.24', () => {
  const resources = { limits: { cpu: '2', memory: '1Gi' } };
  const main = { name: 'main', image: 'nginx', resources: { requests: { cpu: '500m' } } };

  test('keeps fields from the version that brings them', () => {
    expect(defaulted({ containers: [main], hostUsers: false }, 24)).not.toHaveProperty('hostUsers');
    expect(defaulted({ containers: [main], hostUsers: false }, 25)).toHaveProperty('hostUsers', false);
  });

  test('takes requests of the pod as a whole from its containers, then from its limits', () => {
    const spec = { containers: [main, { ...main, name: 'other' }], resources };
    expect(defaulted(spec, 33).resources).toEqual(resources);
    expect(defaulted(spec, 34).resources).toEqual({ ...resources, requests: { cpu: '1', memory: '1Gi' } });
    // From 1.37 on only when it is stored.
    expect(defaulted(spec, 37).resources).toEqual(resources);
  });

  test('says when the images of volumes are pulled', () => {
    const volumes = [{ name: 'v', image: { reference: 'example/data:latest' } }];
    expect(defaulted({ containers: [main], volumes }, 35).volumes).toEqual([
      { name: 'v', image: { reference: 'example/data:latest', pullPolicy: 'Always' } },
    ]);
  });

  test('takes a negative grace period for a second from 1.27 on', () => {
    const spec = { containers: [main], terminationGracePeriodSeconds: -5 };
    expect(defaulted(spec, 26).terminationGracePeriodSeconds).toBe(-5);
    expect(defaulted(spec, 27).terminationGracePeriodSeconds).toBe(1);
  });
});

function defaulted(spec: JsonObject, minor: number): JsonObject {
  const pod = defaultPod({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec }, { minor });
  return pod.spec as unknown as JsonObject;
}
