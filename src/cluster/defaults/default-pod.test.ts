import { expect, test } from 'vitest';
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
