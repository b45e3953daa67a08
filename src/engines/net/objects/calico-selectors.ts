import { canonicalSelector } from '../../../lang/calico-selector/canonical-selector.ts';
import { isSelectorError, parseSelector } from '../../../lang/calico-selector/parse-selector.ts';
import { prefixLabels } from '../../../lang/calico-selector/prefix-labels.ts';
import type { CalicoPeer, CalicoPolicySpec } from './calico-resource.ts';

/*
 * How the selector fields of a policy or rule become one selector over the labels of endpoints. Calico does it on texts, and some
 * of what users observe comes from that (a replaced `all()` is replaced wherever it stands), so this does it on texts too.
 */

/** The label that holds an endpoint's namespace. */
export const namespaceLabel = 'projectcalico.org/namespace';
/** The label that holds an endpoint's service account. */
export const accountLabel = 'projectcalico.org/serviceaccount';
/** What the labels of a namespace begin with on its endpoints. */
export const namespacePrefix = 'pcns.';
/** What the labels of a service account begin with on its endpoints. */
export const accountPrefix = 'pcsa.';

/** Whether the author of a pod cannot choose a label of its endpoint: it comes from the namespace, the service account or Calico. */
export function isSetByOthers(label: string): boolean {
  return label.startsWith(namespacePrefix) || label.startsWith(accountPrefix) || label.startsWith('projectcalico.org/');
}

/** The selector of a namespaced policy. Mirrors updateprocessors/networkpolicyprocessor.go, v3.32. */
export function namespacedPolicySelector(spec: CalicoPolicySpec, namespace: string): string {
  const own = `${namespaceLabel} == '${namespace}'`;
  const selector = spec.selector === '' ? own : `(${spec.selector}) && ${own}`;
  return conjoinPrefixed(selector, spec.serviceAccountSelector, accountPrefix);
}

/** The selector of a global policy. Mirrors updateprocessors/globalnetworkpolicyprocessor.go, v3.32. */
export function globalPolicySelector(spec: CalicoPolicySpec): string {
  let selector = spec.selector;
  if (spec.namespaceSelector !== '') {
    selector = conjoinPrefixed(selector, spec.namespaceSelector, namespacePrefix);
    selector = selector.replaceAll('all()', `has(${namespaceLabel})`);
  }
  if (spec.serviceAccountSelector !== '') {
    selector = conjoinPrefixed(selector, spec.serviceAccountSelector, accountPrefix);
    selector = selector.replaceAll('all()', `has(${accountLabel})`);
  }
  return selector;
}

/**
 * The positive selector of one end of a rule, '' when it does not ask for endpoints. In a policy of a namespace, any of its
 * fields limits the peer to that namespace. Mirrors updateprocessors/rules.go getEndpointSelector, v3.32.
 */
export function peerSelector(peer: CalicoPeer, namespace: string): string {
  const namespaces = peerNamespaces(peer, namespace);
  const accounts = peer.serviceAccounts === undefined ? '' : accountSelector(peer.serviceAccounts);
  const selectors = [accounts, peer.selector].filter((selector) => selector !== '');
  const selector = selectors.length > 1 ? `(${selectors.join(') && (')})` : (selectors[0] ?? '');
  if (namespaces === '' || (selector === '' && peer.notSelector === '' && peer.namespaceSelector === '')) {
    return selector;
  }
  return selector === '' ? namespaces : `(${namespaces}) && (${selector})`;
}

function peerNamespaces(peer: CalicoPeer, namespace: string): string {
  if (peer.namespaceSelector !== '') {
    return attachPrefix(peer.namespaceSelector, namespacePrefix)
      .replaceAll('all()', `has(${namespaceLabel})`)
      .replaceAll('global()', `!has(${namespaceLabel})`);
  }
  return namespace === '' ? '' : `${namespaceLabel} == '${namespace}'`;
}

/** Names and selector must both match. */
function accountSelector(accounts: { readonly names: readonly string[]; readonly selector: string }): string {
  const bySelector = accounts.selector === '' ? '' : attachPrefix(accounts.selector, accountPrefix);
  if (accounts.names.length === 0) return bySelector;
  const byName = attachPrefix(`${accountLabel} in { '${accounts.names.join("', '")}' }`, '');
  return bySelector === '' || byName === '' ? byName : `(${bySelector}) && (${byName})`;
}

function conjoinPrefixed(selector: string, added: string, prefix: string): string {
  if (added === '') return selector;
  const prefixed = attachPrefix(added, prefix);
  if (prefixed === '' || selector === '') return prefixed === '' ? selector : prefixed;
  return `(${selector}) && ${prefixed}`;
}

function attachPrefix(selector: string, prefix: string): string {
  const parsed = parseSelector(selector);
  return isSelectorError(parsed) ? '' : canonicalSelector(prefixLabels(parsed, prefix));
}
