import { cidrContains, parseCidr } from '../../../../lang/cidr.ts';
import { isDnsSubdomain, labelSelectorProblems } from '../../../../lang/label-selector.ts';
import type { KubernetesPeer, KubernetesPolicySpec, KubernetesPort } from '../kubernetes-resource.ts';
import { isPortName } from '../../form/port-name.ts';

/**
 * The first thing that the API server refuses in a NetworkPolicy, as `path: sentence`; undefined when it is accepted. Mirrors
 * pkg/apis/networking/validation, v1.35.
 */
export function kubernetesPolicyProblem(name: string, spec: KubernetesPolicySpec): string | undefined {
  if (name.length > 253 || !isDnsSubdomain(name)) return 'metadata.name: must be a lower case DNS subdomain';
  const [selectorProblem] = labelSelectorProblems(spec.podSelector);
  if (selectorProblem !== undefined) return `spec.podSelector: ${selectorProblem}`;
  for (const direction of ['ingress', 'egress'] as const) {
    for (const [index, rule] of spec[direction].entries()) {
      const path = `spec.${direction}[${index}]`;
      const problem =
        first(rule.ports, (port, i) => prefixed(`${path}.ports[${i}]`, portProblem(port))) ??
        first(rule.peers, (peer, i) =>
          prefixed(`${path}.${direction === 'ingress' ? 'from' : 'to'}[${i}]`, peerProblem(peer)),
        );
      if (problem !== undefined) return problem;
    }
  }
  if (spec.policyTypes.length > 2) return 'spec.policyTypes: may not specify more than two policyTypes';
  return first(spec.policyTypes, (type, i) =>
    type === 'Ingress' || type === 'Egress'
      ? undefined
      : `spec.policyTypes[${i}]: Unsupported value: ${JSON.stringify(type)}: supported values: "Egress", "Ingress"`,
  );
}

function portProblem(port: KubernetesPort): string | undefined {
  if (port.protocol !== undefined && !['TCP', 'UDP', 'SCTP'].includes(port.protocol)) {
    return `.protocol: Unsupported value: ${JSON.stringify(port.protocol)}: supported values: "SCTP", "TCP", "UDP"`;
  }
  if (port.port === undefined) {
    return port.endPort === undefined ? undefined : '.endPort: may not be specified when `port` is not specified';
  }
  if (typeof port.port === 'string') {
    if (port.endPort !== undefined) return '.endPort: may not be specified when `port` is non-numeric';
    return isPortName(port.port) ? undefined : `.port: Invalid value: ${JSON.stringify(port.port)}`;
  }
  if (!isPortNumber(port.port)) return '.port: must be between 1 and 65535, inclusive';
  if (port.endPort === undefined) return undefined;
  if (port.endPort < port.port) return '.endPort: must be greater than or equal to `port`';
  return isPortNumber(port.endPort) ? undefined : '.endPort: must be between 1 and 65535, inclusive';
}

function peerProblem(peer: KubernetesPeer): string | undefined {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  const [pods] = labelSelectorProblems(podSelector ?? {});
  if (pods !== undefined) return `.podSelector: ${pods}`;
  const [namespaces] = labelSelectorProblems(namespaceSelector ?? {});
  if (namespaces !== undefined) return `.namespaceSelector: ${namespaces}`;
  const selects = podSelector !== undefined || namespaceSelector !== undefined;
  if (ipBlock === undefined) return selects ? undefined : ': must specify a peer';
  return (
    prefixed('.ipBlock', blockProblem(ipBlock)) ??
    (selects ? ': may not specify both ipBlock and another peer' : undefined)
  );
}

/** Both fields are of the kind that still accepts leading zeros in IPv4 numbers. */
function blockProblem(block: { readonly cidr: string; readonly except: readonly string[] }): string | undefined {
  if (block.cidr === '') return '.cidr: Required value';
  const outer = parseCidr(block.cidr, { leadingZeros: true })?.cidr;
  if (outer === undefined) return '.cidr: must be a valid CIDR value';
  return first(block.except, (text, i) => {
    const except = parseCidr(text, { leadingZeros: true })?.cidr;
    if (except === undefined) return `.except[${i}]: must be a valid CIDR value`;
    const first =
      except.family === 4 ? { family: 4 as const, value: except.base } : { family: 6 as const, value: except.base };
    return cidrContains(outer, first) && outer.bits < except.bits
      ? undefined
      : `.except[${i}]: must be a strict subset of \`cidr\``;
  });
}

function isPortNumber(port: number): boolean {
  return port >= 1 && port <= 65535;
}

function first<T>(items: readonly T[], problem: (item: T, index: number) => string | undefined): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = problem(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

function prefixed(path: string, problem: string | undefined): string | undefined {
  return problem === undefined ? undefined : path + problem;
}
