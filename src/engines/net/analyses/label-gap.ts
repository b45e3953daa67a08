import type { SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import { type ExistingNamespace, namespacesOf } from '../../../cluster/stored/existing.ts';
import type { Cluster } from '../../../cluster/index/cluster.ts';
import { labelRequirements } from '../../../lang/calico-selector/label-requirements.ts';
import { namespacePrefix } from '../objects/calico-selectors.ts';
import { isOneEditAway } from '../../../lang/one-edit-away.ts';

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

/**
 * Labels that platforms give to namespaces of their own: OpenShift (“About network policy”: policy-group), OLM, OpenShift's
 * monitoring, Gardener (“Network policies in the seed cluster”), Rancher, GKE and AKS.
 */
const PLATFORM_LABEL =
  /^(?:(?:[\w-]+\.)*openshift\.io\/|(?:[\w-]+\.)*gardener\.cloud\/|olm\.|operatorframework\.io\/|(?:[\w-]+\.)*cattle\.io\/|addonmanager\.kubernetes\.io\/|kubernetes\.azure\.com\/|control-plane$)/;

/** Labels of namespaces (without prefix) that a selector insists on; one that may have any value has no values. */
export function namespaceLabels(
  selector: SelectorNode,
): readonly { readonly key: string; readonly values: readonly string[] }[] {
  return labelRequirements(selector).flatMap(({ label, values = [] }) =>
    label.startsWith(namespacePrefix) ? [{ key: label.slice(namespacePrefix.length), values }] : [],
  );
}

/** The first label of namespaces that a selector insists on and that no namespace of the tree has. */
export function labelGap(cluster: Cluster, selector: SelectorNode): LabelGap | undefined {
  const declared = namespacesOf(cluster);
  const namespaces = [...declared.values()];
  for (const { key, values } of namespaceLabels(selector)) {
    const isTooNew = key === 'kubernetes.io/metadata.name' && cluster.version.value.minor < 21;
    if (nameLabels.includes(key) && !isTooNew) {
      if (values.length !== 1 || values.some((value) => declared.has(value))) continue;
      const near = namespaces.find(({ name }) => values.some((value) => isOneEditAway(value, name)));
      if (near !== undefined) return { key, values, meant: { namespace: near.name }, isTooNew };
      continue;
    }
    if (PLATFORM_LABEL.test(key) || namespaces.some(({ labels }) => has(labels, key, values))) continue;
    const meant = meantBy(declared, key, values);
    return { key, values, isTooNew, ...(meant && { meant }) };
  }
  return undefined;
}

function has(labels: Readonly<Record<string, string>>, key: string, values: readonly string[]): boolean {
  const value = labels[key];
  return value !== undefined && (values.length === 0 || values.includes(value));
}

function meantBy(
  namespaces: ReadonlyMap<string, ExistingNamespace>,
  key: string,
  values: readonly string[],
): LabelGap['meant'] {
  const written = [...namespaces.values()].filter(({ object }) => !('implicit' in object));
  for (const { name, labels } of written) {
    for (const [label, value] of Object.entries(labels)) {
      const isSameKey = label === key && values.some((each) => isOneEditAway(each, value));
      const isSameValue = isOneEditAway(label, key) && (values.length === 0 || values.includes(value));
      if (isSameKey || isSameValue) return { namespace: name, label: `${label}=${value}` };
    }
  }
  const named = written.find(({ name }) => values.includes(name));
  return named && { namespace: named.name };
}
