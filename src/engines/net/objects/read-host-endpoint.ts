import { parseAddress } from '../../../lang/addresses/cidr.ts';
import { isDnsSubdomain } from '../../../lang/label-selector.ts';
import { decodeProtocol } from './calico-resource.ts';
import type { CalicoProtocol } from './calico-resource.ts';
import { JsonDecoder } from './decode-json.ts';
import { objectName } from './kubernetes-object.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import type { Profile } from '../form/normal-form.ts';
import { InheritedLabels } from '../form/owner.ts';
import type { Endpoint } from '../form/owner.ts';
import { isPortName } from '../form/port-name.ts';
import { protocolNumbers, protocolsWithPorts } from '../form/protocol.ts';
import { firstOf, problemAt, within } from './validate/field-problem.ts';
import type { FieldProblem } from './validate/field-problem.ts';
import { refusal, undecodable } from './reading.ts';
import type { Reading } from './reading.ts';
import { metadataProblem } from './validate/validate-calico-metadata.ts';

interface HostEndpointSpec {
  readonly node: string;
  readonly interfaceName: string;
  readonly expectedIPs: readonly string[];
  readonly profiles: readonly string[];
  readonly ports: readonly { readonly name: string; readonly protocol: CalicoProtocol; readonly port: number }[];
}

/** Reads a HostEndpoint. Mirrors updateprocessors/hostendpointprocessor.go and validateHostEndpointSpec, v3.32. */
export function readHostEndpoint(object: KubernetesObject, profiles: ReadonlyMap<string, Profile>): Reading<Endpoint> {
  const decoder = new JsonDecoder();
  const spec = decodeSpec(decoder, object);
  if (decoder.problem !== undefined) return undecodable(decoder.problem);
  const problem = metadataProblem(object, 'subdomain') ?? within(['spec'], specProblem(spec));
  if (problem !== undefined) return refusal('calico', problem);
  const value: Endpoint = {
    kind: 'host',
    object: objectName(object),
    labels: new InheritedLabels(
      object.labels,
      spec.profiles.flatMap((name) => profiles.get(name)?.labels ?? []),
    ),
    nets: spec.expectedIPs.flatMap((text) => {
      const address = parseAddress(text);
      if (address === undefined) return [];
      return address.family === 4
        ? { family: 4 as const, base: address.value, bits: 32 }
        : { family: 6 as const, base: address.value, bits: 128 };
    }),
    ports: spec.ports.map(({ name, protocol, port }) => ({ name, protocol: protocolNumber(protocol), port })),
    node: spec.node,
    profiles: spec.profiles,
    interfaceName: spec.interfaceName,
  };
  return { value, problems: [] };
}

function decodeSpec(decoder: JsonDecoder, { spec }: KubernetesObject): HostEndpointSpec {
  return {
    node: decoder.text(spec, 'node') ?? '',
    interfaceName: decoder.text(spec, 'interfaceName') ?? '',
    expectedIPs: decoder.texts(spec, 'expectedIPs') ?? [],
    profiles: decoder.texts(spec, 'profiles') ?? [],
    ports: (decoder.objects(spec, 'ports') ?? []).map((port) => ({
      name: decoder.text(port, 'name') ?? '',
      protocol: decodeProtocol(decoder, port.protocol) ?? 0,
      port: decoder.integer(port, 'port') ?? 0,
    })),
  };
}

function specProblem(spec: HostEndpointSpec): FieldProblem | undefined {
  if (spec.interfaceName === '' && spec.expectedIPs.length === 0) {
    return problemAt([], 'no interface or expected IPs have been specified');
  }
  if (spec.node === '') return problemAt([], 'no node has been specified');
  if (spec.node.length > 253 || !isDnsSubdomain(spec.node)) return problemAt(['node'], 'is invalid');
  if (spec.interfaceName !== '' && spec.interfaceName !== '*' && !/^[\w.-]{1,15}$/.test(spec.interfaceName)) {
    return problemAt(['interfaceName'], 'is invalid');
  }
  return (
    within(
      ['expectedIPs'],
      firstOf(spec.expectedIPs, (text) =>
        parseAddress(text) === undefined ? problemAt([], 'not an address') : undefined,
      ),
    ) ??
    within(
      ['profiles'],
      firstOf(spec.profiles, (name) => (isDnsSubdomain(name) ? undefined : problemAt([], 'not a name'))),
    ) ??
    within(['ports'], firstOf(spec.ports, portProblem))
  );
}

function portProblem({ name, protocol, port }: HostEndpointSpec['ports'][number]): FieldProblem | undefined {
  if (!isPortName(name)) return problemAt(['name'], 'is invalid');
  if (!protocolsWithPorts.includes(protocolNumber(protocol))) {
    return problemAt(['protocol'], 'EndpointPort protocol does not support ports.');
  }
  return port < 1 || port > 65535 ? problemAt(['port'], 'must be between 1 and 65535') : undefined;
}

function protocolNumber(protocol: CalicoProtocol): number {
  return typeof protocol === 'number' ? protocol : (protocolNumbers[protocol] ?? -1);
}
