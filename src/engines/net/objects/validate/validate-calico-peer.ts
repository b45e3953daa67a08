import { lex } from '../../../../lang/calico-selector/lex.ts';
import { isSelectorError, parseSelector } from '../../../../lang/calico-selector/parse-selector.ts';
import { isDnsSubdomain } from '../../../../lang/label-selector.ts';
import { isPortName } from '../../form/port-name.ts';
import type { CalicoPeer, CalicoPort } from '../calico-resource.ts';
import { firstOf, firstProblem, problemAt, within } from './field-problem.ts';
import type { Check, FieldProblem } from './field-problem.ts';

/** The longest selector, in characters. */
const maxSelectorLength = 1024;
const maxPorts = 50;
const maxNets = 256;

/** Checks of each field of a peer, in Calico's order. A new field does not compile until it has one. */
export type PeerChecks<P> = Readonly<Record<keyof P, Check<P>>>;

export const peerChecks: PeerChecks<CalicoPeer> = {
  selector: ({ selector }) => within(['selector'], selectorProblem(selector)),
  notSelector: ({ notSelector }) => within(['notSelector'], selectorProblem(notSelector)),
  namespaceSelector: ({ namespaceSelector }) => within(['namespaceSelector'], selectorProblem(namespaceSelector)),
  // What follows the syntax of all selectors, as upstream has it.
  serviceAccounts: (peer) => accountsProblem(peer) ?? globalProblem(peer),
  services: serviceProblem,
  ports: ({ ports }) => within(['ports'], portListProblem(ports)),
  notPorts: ({ notPorts }) => within(['notPorts'], portListProblem(notPorts)),
  nets: ({ nets }) => netCountProblem('nets', nets),
  notNets: ({ notNets }) => netCountProblem('notNets', notNets),
};

/**
 * The first thing that libcalico refuses in one end of a rule. Mirrors libcalico-go/lib/validator/v3 validateEntityRule and the schema of the
 * resource, v3.32.
 */
export function peerProblem(peer: CalicoPeer): FieldProblem | undefined {
  return firstProblem(peerChecks, peer);
}

/** Why a text is not a selector. */
export function selectorProblem(selector: string): FieldProblem | undefined {
  if (characterCount(selector) > maxSelectorLength) {
    return problemAt([], `Too long: may not be more than ${maxSelectorLength} bytes`);
  }
  const parsed = parseSelector(selector);
  return isSelectorError(parsed) ? problemAt([], parsed.message) : undefined;
}

/** Characters as schemas count them: code points. */
export function characterCount(text: string): number {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}

/** Which part of a peer's service accounts is not a selector. */
export function accountsProblem({ serviceAccounts }: CalicoPeer): FieldProblem | undefined {
  return within(['serviceAccounts', 'selector'], selectorProblem(serviceAccounts?.selector ?? ''));
}

/** `global()` stands alone, and only in a namespaceSelector. */
function globalProblem({ selector, namespaceSelector }: CalicoPeer): FieldProblem | undefined {
  if (selector.includes('global(')) {
    return problemAt(['selector'], 'global() can only be used in an EntityRule namespaceSelector');
  }
  if (!namespaceSelector.includes('global(') || namespaceSelector === 'global()') return undefined;
  const tokens = lex(namespaceSelector);
  return 'message' in tokens || tokens.length > 2 || tokens[0]?.kind !== 'TokGlobal'
    ? problemAt(['namespaceSelector'], 'global() cannot be combined with other selectors')
    : undefined;
}

function serviceProblem(peer: CalicoPeer): FieldProblem | undefined {
  if (peer.services === undefined) return undefined;
  const { name, namespace } = peer.services;
  if (name === '') return problemAt(['services'], 'must specify a service name');
  if (
    !isDnsSubdomain(name) ||
    (namespace !== '' && !isDnsSubdomain(namespace)) ||
    name.length > 253 ||
    namespace.length > 253
  ) {
    return problemAt(['services'], 'name or namespace is invalid');
  }
  const [other] = [
    peer.namespaceSelector === '' ? [] : ['NamespaceSelector'],
    peer.selector === '' && peer.notSelector === '' ? [] : ['Selector/NotSelector'],
    peer.serviceAccounts === undefined ? [] : ['ServiceAccounts'],
    peer.nets.length === 0 && peer.notNets.length === 0 ? [] : ['Nets/NotNets'],
  ].flat();
  return other === undefined
    ? undefined
    : problemAt(['services'], `cannot specify ${other} and Services on the same rule`);
}

/** Why a list holds something that is no port or port's name. */
export function portListProblem(ports: readonly CalicoPort[]): FieldProblem | undefined {
  if (ports.length > maxPorts) return problemAt([], `must have at most ${maxPorts} items`);
  return firstOf(ports, ({ first, name }) => {
    if (name === '') return first < 1 ? problemAt([], 'port number must be between 1 and 65535') : undefined;
    return isPortName(name) ? undefined : problemAt([], `name ${JSON.stringify(name)} is invalid`);
  });
}

function netCountProblem(field: 'nets' | 'notNets', nets: readonly string[]): FieldProblem | undefined {
  return nets.length > maxNets ? problemAt([field], `must have at most ${maxNets} items`) : undefined;
}
