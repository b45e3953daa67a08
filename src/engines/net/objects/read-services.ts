import { parseAddress } from '../../../lang/addresses/cidr.ts';
import type { Address, Cidr } from '../../../lang/addresses/cidr.ts';
import { readService, serviceSelects } from '../../../model/kinds/service.ts';
import type { JsonObject } from '../../../model/object.ts';
import { JsonDecoder } from './decode-json.ts';
import { groupBy } from '../../../lang/group-by.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { protocolNumbers } from '../form/protocol.ts';
import type { PodNetwork } from './read-pod.ts';
import { ServiceIndex } from '../form/service-index.ts';
import type { Backend } from '../form/service-index.ts';

/**
 * The addresses behind each Service: from its EndpointSlices where some are given, else from the pods that its selector picks,
 * as the endpoint slice controller does it.
 */
export function readServices(objects: readonly KubernetesObject[], pods: readonly PodNetwork[]): ServiceIndex {
  const index = new ServiceIndex();
  const sliced = new Set<string>();
  for (const object of objects) {
    if (object.group !== 'discovery.k8s.io' || object.kind !== 'EndpointSlice') continue;
    const service = object.labels.get('kubernetes.io/service-name') ?? '';
    sliced.add(`${object.namespace}/${service}`);
    addSlice(index, object, service);
  }
  const podsOf = groupBy(pods, (pod) => pod.object.namespace);
  for (const object of objects) {
    if (object.group !== '' || object.kind !== 'Service' || sliced.has(`${object.namespace}/${object.name}`)) continue;
    addService(index, object, podsOf.get(object.namespace) ?? []);
  }
  return index;
}

function addSlice(index: ServiceIndex, slice: KubernetesObject, service: string): void {
  const decoder = new JsonDecoder();
  const ports = (decoder.objects(slice.json, 'ports') ?? []).map((port) => ({
    protocol: portProtocol(decoder, port),
    port: decoder.integer(port, 'port'),
  }));
  for (const endpoint of decoder.objects(slice.json, 'endpoints') ?? []) {
    for (const text of decoder.texts(endpoint, 'addresses') ?? []) {
      const address = parseAddress(text);
      if (address === undefined) continue;
      index.add(slice.namespace, service, address);
      for (const { protocol, port } of ports) {
        if (port !== undefined) index.add(slice.namespace, service, address, { protocol, port });
      }
    }
  }
}

function addService(index: ServiceIndex, service: KubernetesObject, pods: readonly PodNetwork[]): void {
  const { selector, ports } = readService(service.spec);
  for (const pod of pods) {
    if (pod.isFinished || !serviceSelects(selector, (key) => pod.object.labels.get(key))) continue;
    const { source } = pod.object;
    const backends: readonly Backend[] =
      pod.addresses.length === 0 && source !== undefined ? [source] : pod.addresses.flatMap(singleAddress);
    for (const address of backends) {
      index.add(service.namespace, service.name, address);
      for (const { protocol: name, target } of ports) {
        const protocol = protocolNumbers[name] ?? 6;
        const port = typeof target === 'number' ? target : portNamed(pod, target, protocol);
        if (port !== undefined) index.add(service.namespace, service.name, address, { protocol, port });
      }
    }
  }
}

function portNamed({ ports }: PodNetwork, name: string, protocol: number): number | undefined {
  return ports.find((port) => port.name === name && port.protocol === protocol)?.port;
}

function portProtocol(decoder: JsonDecoder, port: JsonObject): number {
  const protocol = decoder.text(port, 'protocol') ?? '';
  return protocolNumbers[protocol === '' ? 'TCP' : protocol] ?? 6;
}

function singleAddress(net: Cidr): readonly Address[] {
  return net.family === 4 ? [{ family: 4, value: net.base }] : [{ family: 6, value: net.base }];
}
