import type { JsonObject } from '../../../model/object.ts';
import type { ObjectKind } from './object-kind.ts';

const CLIENT_IP_SECONDS = 10800;
const FIRST_INTERNAL_TRAFFIC_POLICY = 22;
const FIRST_ALLOCATE_NODE_PORTS = 22;
/** From here on a service with addresses of its own outside counts as one that is reached from there. */
const FIRST_EXTERNAL_ADDRESSES = 26;

/** v1 Service. Mirrors pkg/apis/core/v1 defaults, v1.24; addresses and node ports that the server allocates are not filled in. */
export const serviceKind: ObjectKind = {
  group: '',
  kind: 'Service',
  complete: (object, { minor }) => {
    const spec = object.spec as JsonObject;
    completeAffinity(spec);
    spec.type ??= 'ClusterIP';
    for (const port of (spec.ports ?? []) as JsonObject[]) {
      port.protocol ??= 'TCP';
      if (port.targetPort === undefined || port.targetPort === '') port.targetPort = port.port ?? 0;
    }
    const isOutside = spec.type === 'NodePort' || spec.type === 'LoadBalancer';
    const hasAddresses = spec.type === 'ClusterIP' && Array.isArray(spec.externalIPs) && spec.externalIPs.length > 0;
    if (isOutside || (hasAddresses && minor >= FIRST_EXTERNAL_ADDRESSES)) spec.externalTrafficPolicy ??= 'Cluster';
    if (minor >= FIRST_INTERNAL_TRAFFIC_POLICY && (isOutside || spec.type === 'ClusterIP')) {
      spec.internalTrafficPolicy ??= 'Cluster';
    }
    if (minor >= FIRST_ALLOCATE_NODE_PORTS && spec.type === 'LoadBalancer') spec.allocateLoadBalancerNodePorts ??= true;
  },
  forCreate: (object) => ({ ...object, status: { loadBalancer: {} } }),
  forUpdate: (object, old, subresource) => {
    if (subresource === 'status') return { ...object, spec: old.spec ?? {} };
    return subresource === '' ? { ...object, status: old.status ?? {} } : object;
  },
};

function completeAffinity(spec: JsonObject): void {
  spec.sessionAffinity ??= 'None';
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
  if (spec.sessionAffinity === 'ClientIP') {
    const { clientIP } = (spec.sessionAffinityConfig ?? {}) as { clientIP?: JsonObject };
    if (clientIP?.timeoutSeconds === undefined)
      spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: CLIENT_IP_SECONDS } };
  }
}
