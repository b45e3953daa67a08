import { parseCidrOrAddress } from '../../../lang/addresses/cidr.ts';
import type { Cidr } from '../../../lang/addresses/cidr.ts';
import type { JsonObject } from '../../../model/object.ts';
import { accountLabel, accountPrefix, namespaceLabel, namespacePrefix } from './calico-selectors.ts';
import { JsonDecoder } from './decode-json.ts';
import { objectName } from './kubernetes-object.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { accountProfileName, namespaceProfileName } from './kubernetes-profiles.ts';
import type { Profile } from '../form/normal-form.ts';
import { InheritedLabels } from '../form/owner.ts';
import type { Endpoint, NamedPort } from '../form/owner.ts';
import { protocolNumbers } from '../form/protocol.ts';

/** What a Pod says about its place in the network. */
export interface PodNetwork {
  readonly object: KubernetesObject;
  readonly node: string;
  /** Every address that its status gives, also when it is not an endpoint. */
  readonly addresses: readonly Cidr[];
  /** A pod on the host's network, or a finished one, is no endpoint: policies neither govern nor select it. */
  readonly isEndpoint: boolean;
  readonly isFinished: boolean;
  readonly ports: readonly NamedPort[];
  readonly account: string;
}

/** Reads a Pod. Mirrors libcalico-go/lib/backend/k8s/conversion (workload_endpoint_default.go, IsFinished, getPodIPs), v3.32. */
export function readPod(object: KubernetesObject): PodNetwork {
  const decoder = new JsonDecoder();
  const status = decoder.object(object.json, 'status') ?? {};
  const isFinished = hasFinished(object, decoder, status);
  const account = decoder.text(object.spec, 'serviceAccountName') ?? '';
  return {
    object,
    node: decoder.text(object.spec, 'nodeName') ?? '',
    addresses: podAddresses(object, decoder, status).flatMap((text) => parseCidrOrAddress(text)?.cidr ?? []),
    isEndpoint: decoder.flag(object.spec, 'hostNetwork') !== true && !isFinished,
    isFinished,
    ports: [
      ...containerPorts(decoder, object.spec, 'containers'),
      ...containerPorts(decoder, object.spec, 'initContainers'),
    ],
    account: account === '' ? 'default' : account,
  };
}

/** The endpoint of a pod that is one, with the labels of its namespace and account. */
export function podEndpoint(pod: PodNetwork, profiles: ReadonlyMap<string, Profile>): Endpoint {
  const { namespace } = pod.object;
  const labels = new Map<string, string>();
  for (const [name, value] of pod.object.labels) {
    if (!name.startsWith(namespacePrefix) && !name.startsWith(accountPrefix)) labels.set(name, value);
  }
  labels.set(namespaceLabel, namespace);
  labels.set('projectcalico.org/orchestrator', 'k8s');
  labels.set(accountLabel, pod.account);
  const names = [namespaceProfileName(namespace), accountProfileName(namespace, pod.account)];
  return {
    kind: 'pod',
    object: objectName(pod.object),
    labels: new InheritedLabels(
      labels,
      names.flatMap((name) => profiles.get(name)?.labels ?? []),
      names.flatMap((name) => profiles.get(name)?.openPrefix ?? []),
    ),
    nets: pod.addresses,
    ports: pod.ports,
    node: pod.node,
    profiles: names,
    interfaceName: '',
  };
}

function hasFinished(object: KubernetesObject, decoder: JsonDecoder, status: JsonObject): boolean {
  const metadata = decoder.object(object.json, 'metadata') ?? {};
  const released = ['cni.projectcalico.org/podIP', 'vpc.amazonaws.com/pod-ips'].some(
    (name) => object.annotations.get(name) === '',
  );
  if (released && decoder.text(metadata, 'deletionTimestamp') !== undefined) return true;
  return ['Failed', 'Succeeded', 'Completed'].includes(decoder.text(status, 'phase') ?? '');
}

function podAddresses(object: KubernetesObject, decoder: JsonDecoder, status: JsonObject): readonly string[] {
  const addresses = (decoder.objects(status, 'podIPs') ?? []).map((entry) => decoder.text(entry, 'ip') ?? '');
  if (addresses.length > 0) return addresses;
  const address = decoder.text(status, 'podIP') ?? '';
  if (address !== '') return [address];
  for (const name of ['cni.projectcalico.org/podIPs', 'cni.projectcalico.org/podIP', 'vpc.amazonaws.com/pod-ips']) {
    const listed = object.annotations.get(name) ?? '';
    if (listed !== '') return listed.split(',');
  }
  return [];
}

/** A port without a name, or of a protocol that cannot be named, is left out. */
function containerPorts(decoder: JsonDecoder, spec: JsonObject, key: string): readonly NamedPort[] {
  return (decoder.objects(spec, key) ?? []).flatMap((container) =>
    (decoder.objects(container, 'ports') ?? []).flatMap((entry) => {
      const name = decoder.text(entry, 'name') ?? '';
      const port = decoder.integer(entry, 'containerPort') ?? 0;
      const protocol = decoder.text(entry, 'protocol') ?? '';
      const number = protocolNumbers[protocol === '' ? 'TCP' : protocol];
      const named = ['', 'TCP', 'UDP', 'SCTP'].includes(protocol);
      return name === '' || port === 0 || !named || number === undefined ? [] : [{ name, protocol: number, port }];
    }),
  );
}
