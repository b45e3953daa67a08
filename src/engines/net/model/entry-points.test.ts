import { describe, expect, it } from 'vitest';
import { workload } from '../../../cluster/load/manifest.fixture.ts';
import type { JsonObject } from '../../../model/object.ts';
import { clusterOf } from '../laws/analysis.fixture.ts';
import { entryPoints } from './entry-points.ts';

const web = workload('Deployment', 'web', { namespace: 'shop' });

function service(spec: JsonObject): JsonObject {
  const ports = [{ name: 'http', port: 80, targetPort: 8080 }];
  const metadata = { name: 'front', namespace: 'shop' };
  return { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: { app: 'web' }, ports, ...spec } };
}

function points(...objects: JsonObject[]): string[] {
  return pointsAt('1.37', ...objects);
}

function pointsAt(kubernetesVersion: string, ...objects: JsonObject[]): string[] {
  const [found = []] = [...entryPoints(clusterOf([web, ...objects], { kubernetesVersion })).values()];
  return found.map(({ kind, path, port, targetPort, source }) =>
    [kind, path.join('.'), port, targetPort, source].join(' '),
  );
}

function route({
  parent = 'Gateway',
  namespace = 'shop',
  backend = {},
  rule = {},
}: {
  parent?: string;
  namespace?: string;
  backend?: JsonObject;
  rule?: JsonObject;
}): JsonObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'front', namespace },
    spec: {
      parentRefs: [{ kind: parent, name: 'main' }],
      rules: [{ backendRefs: [{ name: 'front', port: 80, ...backend }], ...rule }],
    },
  };
}

describe('what leads traffic from outside to a pod', () => {
  it('is a Service of a type that has ports outside', () => {
    expect(points(service({}))).toEqual([]);
    expect(points(service({ type: 'LoadBalancer' }))).toEqual(['LoadBalancer spec.ports.0 80 8080 node']);
    expect(points(service({ type: 'NodePort', externalTrafficPolicy: 'Local' }))).toEqual([
      'NodePort spec.ports.0  8080 client',
    ]);
    expect(points(service({ externalIPs: ['192.0.2.1'] }))).toEqual(['ExternalIP spec.externalIPs 80 8080 node']);
    expect(points(service({ type: 'LoadBalancer', selector: { app: 'other' } }))).toEqual([]);
  });

  it('is an Ingress, in all versions of its form', () => {
    const ingress = (apiVersion: string, backend: JsonObject): JsonObject => ({
      apiVersion,
      kind: 'Ingress',
      metadata: { name: 'front', namespace: 'shop' },
      spec: { rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] },
    });
    const said = ['Ingress spec.rules.0.http.paths.0.backend  8080 proxy'];
    const named = { service: { name: 'front', port: { name: 'http' } } };
    expect(points(service({}), ingress('networking.k8s.io/v1', named))).toEqual(said);
    const old = { serviceName: 'front', servicePort: 80 };
    expect(pointsAt('1.19', service({}), ingress('extensions/v1beta1', old))).toEqual(said);
    expect(pointsAt('1.19', service({}), ingress('extensions/v1beta1', { ...old, servicePort: 81 }))).toEqual([]);
  });

  it('is a route of the Gateway API, unless it is for traffic within the cluster', () => {
    expect(points(service({}), route({}))).toEqual(['HTTPRoute spec.rules.0.backendRefs.0  8080 proxy']);
    expect(points(service({}), route({ parent: 'Service' }))).toEqual([]);
  });

  it('is a route of another namespace only where a ReferenceGrant lets it name the Service', () => {
    const foreign = route({ namespace: 'edge', backend: { namespace: 'shop' } });
    const grant = (kind: string, namespace: string): JsonObject => ({
      apiVersion: 'gateway.networking.k8s.io/v1beta1',
      kind: 'ReferenceGrant',
      metadata: { name: 'edge', namespace },
      spec: { from: [{ kind, namespace: 'edge' }], to: [{ kind: 'Service', name: 'front' }] },
    });
    expect(points(service({}), foreign)).toEqual([]);
    expect(points(service({}), foreign, grant('HTTPRoute', 'edge'))).toEqual([]);
    expect(points(service({}), foreign, grant('TCPRoute', 'shop'))).toEqual([]);
    expect(points(service({}), foreign, grant('HTTPRoute', 'shop'))).toHaveLength(1);
  });

  it('is no route to a kind of another API that is called Service too', () => {
    expect(points(service({}), route({ backend: { group: 'serving.knative.dev', kind: 'Service' } }))).toEqual([]);
    expect(points(service({}), route({ backend: { group: '', kind: 'Service' } }))).toHaveLength(1);
  });

  it('is a route that sends copies of its requests', () => {
    const requestMirror = { backendRef: { name: 'front', port: 80 } };
    const filters = [{ type: 'RequestMirror', requestMirror }];
    expect(points(service({}), route({ backend: { name: 'other' }, rule: { filters } }))).toEqual([
      'HTTPRoute spec.rules.0.filters.0.requestMirror.backendRef  8080 proxy',
    ]);
  });

  it('is a Route of OpenShift, whose number is the port of the pods', () => {
    const route = (targetPort: number | string): JsonObject => ({
      apiVersion: 'route.openshift.io/v1',
      kind: 'Route',
      metadata: { name: 'front', namespace: 'shop' },
      spec: { to: { kind: 'Service', name: 'front' }, port: { targetPort } },
    });
    expect(points(service({}), route('http'))).toEqual(['Route spec.to  8080 proxy']);
    expect(points(service({}), route(8080))).toEqual(['Route spec.to  8080 proxy']);
    expect(points(service({}), route(80))).toEqual([]);
  });

  it('is a port of the node that the pod asks for', () => {
    const ports = [{ containerPort: 8080, hostPort: 80 }, { containerPort: 9090 }];
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'proxy', namespace: 'shop' },
      spec: { containers: [{ name: 'main', ports }] },
    };
    expect(points(pod)).toEqual(['HostPort spec.containers.0.ports.0.hostPort 80 8080 client']);
  });
});
