import type { SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import type { Facts } from '../../facts.ts';
import { isOneEditAway } from '../one-edit-away.ts';

/** A label that a selector asks namespaces for, and that none of them has. */
export interface LabelGap {
  readonly key: string;
  readonly values: readonly string[];
  /** What was probably meant: a declared namespace, or one of its labels. */
  readonly meant?: { readonly namespace: string; readonly label?: string };
  /** The label is set by the API server, but not in the target version. */
  readonly isTooNew: boolean;
}

/** Labels that every namespace has with its own name: by the API server since 1.21, and by Calico. */
const nameLabels = ['kubernetes.io/metadata.name', 'projectcalico.org/name'];

/** The first label of namespaces that a selector insists on and that no namespace of the tree has. */
export function labelGap(
  { net, cluster }: Pick<Facts, 'net' | 'cluster'>,
  selector: SelectorNode,
): LabelGap | undefined {
  const namespaces = [...net.namespaces.values()];
  for (const { key, values } of net.selectors.namespaceLabels(selector)) {
    const isTooNew = key === 'kubernetes.io/metadata.name' && cluster.cluster.version.value.minor < 21;
    if (nameLabels.includes(key) && !isTooNew) {
      if (values.length !== 1 || values.some((value) => net.namespaces.has(value))) continue;
      const near = namespaces.find(({ name }) => values.some((value) => isOneEditAway(value, name)));
      if (near !== undefined) return { key, values, meant: { namespace: near.name }, isTooNew };
      continue;
    }
    if (namespaces.some(({ labels }) => has(labels, key, values))) continue;
    const meant = meantBy(net, key, values);
    return { key, values, isTooNew, ...(meant && { meant }) };
  }
  return undefined;
}

function has(labels: Readonly<Record<string, string>>, key: string, values: readonly string[]): boolean {
  const value = labels[key];
  return value !== undefined && (values.length === 0 || values.includes(value));
}

function meantBy(net: Facts['net'], key: string, values: readonly string[]): LabelGap['meant'] {
  for (const { name, labels } of net.namespaces.values()) {
    if (!net.isDeclared(name)) continue;
    for (const [label, value] of Object.entries(labels)) {
      const isSameKey = label === key && values.some((each) => isOneEditAway(each, value));
      const isSameValue = isOneEditAway(label, key) && (values.length === 0 || values.includes(value));
      if (isSameKey || isSameValue) return { namespace: name, label: `${label}=${value}` };
    }
  }
  const named = [...net.namespaces.keys()].find((name) => net.isDeclared(name) && values.includes(name));
  return named === undefined ? undefined : { namespace: named };
}
