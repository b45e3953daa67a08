import { cidrContains, parseCidr } from '../../../../lang/addresses/cidr.ts';
import { isDnsSubdomain, labelSelectorProblems } from '../../../../lang/label-selector.ts';
import type { LabelSelector } from '../../../../lang/label-selector.ts';
import { isPortName } from '../../form/port-name.ts';
import { firstOf, problemAt, within } from './field-problem.ts';
import type { FieldProblem } from './field-problem.ts';
import type { KubernetesPeer, KubernetesPolicySpec, KubernetesPort } from '../kubernetes-resource.ts';

/** The first thing that the API server refuses in a NetworkPolicy; undefined when it is accepted. Mirrors pkg/apis/networking/validation, v1.35. */
export function kubernetesPolicyProblem(name: string, spec: KubernetesPolicySpec): FieldProblem | undefined {
  if (name.length > 253 || !isDnsSubdomain(name)) {
    return problemAt(['metadata', 'name'], 'must be a lower case DNS subdomain');
  }
  return within(['spec'], specProblem(spec));
}

function specProblem(spec: KubernetesPolicySpec): FieldProblem | undefined {
  const selector = selectorProblem(['podSelector'], spec.podSelector);
  if (selector !== undefined) return selector;
  for (const direction of ['ingress', 'egress'] as const) {
    const peers = direction === 'ingress' ? 'from' : 'to';
    const problem = firstOf(
      spec[direction],
      (rule) =>
        within(['ports'], firstOf(rule.ports, portProblem)) ?? within([peers], firstOf(rule.peers, peerProblem)),
    );
    if (problem !== undefined) return within([direction], problem);
  }
  if (spec.policyTypes.length > 2) {
    return problemAt(['policyTypes'], 'may not specify more than two policyTypes');
  }
  const types = firstOf(spec.policyTypes, (type) =>
    type === 'Ingress' || type === 'Egress'
      ? undefined
      : problemAt([], `Unsupported value: ${JSON.stringify(type)}: supported values: "Egress", "Ingress"`),
  );
  return within(['policyTypes'], types);
}

function portProblem({ protocol, port, endPort }: KubernetesPort): FieldProblem | undefined {
  if (protocol !== undefined && !['TCP', 'UDP', 'SCTP'].includes(protocol)) {
    const value = JSON.stringify(protocol);
    return problemAt(['protocol'], `Unsupported value: ${value}: supported values: "SCTP", "TCP", "UDP"`);
  }
  if (port === undefined) {
    return endPort === undefined
      ? undefined
      : problemAt(['endPort'], 'may not be specified when `port` is not specified');
  }
  if (typeof port === 'string') {
    if (endPort !== undefined) return problemAt(['endPort'], 'may not be specified when `port` is non-numeric');
    return isPortName(port) ? undefined : problemAt(['port'], `Invalid value: ${JSON.stringify(port)}`);
  }
  if (!isPortNumber(port)) return problemAt(['port'], 'must be between 1 and 65535, inclusive');
  if (endPort === undefined) return undefined;
  if (endPort < port) return problemAt(['endPort'], 'must be greater than or equal to `port`');
  return isPortNumber(endPort) ? undefined : problemAt(['endPort'], 'must be between 1 and 65535, inclusive');
}

function peerProblem({ podSelector, namespaceSelector, ipBlock }: KubernetesPeer): FieldProblem | undefined {
  const selects = podSelector !== undefined || namespaceSelector !== undefined;
  return (
    selectorProblem(['podSelector'], podSelector ?? {}) ??
    selectorProblem(['namespaceSelector'], namespaceSelector ?? {}) ??
    (ipBlock === undefined && !selects ? problemAt([], 'must specify a peer') : undefined) ??
    (ipBlock === undefined ? undefined : within(['ipBlock'], blockProblem(ipBlock))) ??
    (ipBlock !== undefined && selects ? problemAt([], 'may not specify both ipBlock and another peer') : undefined)
  );
}

function selectorProblem(path: readonly string[], selector: LabelSelector): FieldProblem | undefined {
  const [problem] = labelSelectorProblems(selector);
  return problem === undefined ? undefined : problemAt(path, problem);
}

/** Both fields are of the kind that still accepts leading zeros in IPv4 numbers. */
function blockProblem(block: { readonly cidr: string; readonly except: readonly string[] }): FieldProblem | undefined {
  if (block.cidr === '') return problemAt(['cidr'], 'Required value');
  const outer = parseCidr(block.cidr, { leadingZeros: true })?.cidr;
  if (outer === undefined) return problemAt(['cidr'], 'must be a valid CIDR value');
  const except = firstOf(block.except, (text) => {
    const inner = parseCidr(text, { leadingZeros: true })?.cidr;
    if (inner === undefined) return problemAt([], 'must be a valid CIDR value');
    const first =
      inner.family === 4 ? { family: 4 as const, value: inner.base } : { family: 6 as const, value: inner.base };
    return cidrContains(outer, first) && outer.bits < inner.bits
      ? undefined
      : problemAt([], 'must be a strict subset of `cidr`');
  });
  return within(['except'], except);
}

function isPortNumber(port: number): boolean {
  return port >= 1 && port <= 65535;
}
