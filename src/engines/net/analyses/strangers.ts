import { namespaceLabel } from '../objects/calico-selectors.ts';
import type { FlowEnd } from '../packet/flow-end.ts';
import { namespaceProfileName } from '../objects/kubernetes-profiles.ts';
import type { ClusterNetwork } from '../model/network-of.ts';
import { type Endpoint, InheritedLabels } from '../form/owner.ts';
import type { LabelLookup } from '../../../lang/calico-selector/selector-node.ts';

/** The pod of which nothing is known, and others that stand for what no manifest says. */
export interface Strangers {
  /** A pod with any labels, in a namespace with any labels: it may be what any selector asks for. */
  readonly anyPod: FlowEnd;
  /** An address of which nothing is known: that of a node, of the API server. */
  readonly anyAddress: FlowEnd;
  /** A pod with any labels in one namespace. */
  podIn(namespace: string): FlowEnd;
  /** A pod without labels of its own in one namespace: only what selects every pod of it selects this one. */
  plainPodIn(namespace: string): FlowEnd;
  /** A pod without labels in a namespace without labels. */
  readonly nobody: FlowEnd;
}

/** Makes them for the namespaces of a network. */
export function strangersOf({ network }: ClusterNetwork): Strangers {
  const unknown = (get: (name: string) => string | undefined): LabelLookup => ({
    get,
    isUnknown: (name) => get(name) === undefined,
  });
  const ofNamespace = (namespace: string, own: ReadonlyMap<string, string>): InheritedLabels => {
    const profile = network.profiles.get(namespaceProfileName(namespace));
    return new InheritedLabels(
      own,
      profile === undefined ? [] : [profile.labels],
      profile?.openPrefix === undefined ? [] : [profile.openPrefix],
    );
  };
  const own = (namespace: string): ReadonlyMap<string, string> =>
    new Map([
      [namespaceLabel, namespace],
      ['projectcalico.org/orchestrator', 'k8s'],
    ]);
  const podIn = (namespace: string): FlowEnd => {
    const known = ofNamespace(namespace, own(namespace));
    return stranger(
      `a pod of ${namespace}`,
      namespace,
      unknown((name) => known.get(name)),
    );
  };
  const plain = new Map<string, FlowEnd>();
  return {
    anyPod: stranger(
      'a pod',
      '',
      unknown((name) => (name === 'projectcalico.org/orchestrator' ? 'k8s' : undefined)),
    ),
    anyAddress: { name: 'an address' },
    podIn,
    plainPodIn: (namespace) => {
      let end = plain.get(namespace);
      if (end === undefined)
        plain.set(namespace, (end = stranger('a pod', namespace, ofNamespace(namespace, own(namespace)))));
      return end;
    },
    nobody: stranger('a pod of another namespace', 'k8sec.invalid', new Map([...own('k8sec.invalid')])),
  };
}

/** A pod without an address that no manifest leads to. */
function stranger(name: string, namespace: string, labels: LabelLookup): FlowEnd {
  const object = { apiVersion: 'v1', kind: 'Pod', namespace, name };
  const profiles = namespace === '' ? [] : [namespaceProfileName(namespace)];
  const endpoint: Endpoint = {
    kind: 'pod',
    object,
    labels,
    nets: [],
    ports: [],
    node: '',
    profiles,
    interfaceName: '',
  };
  return { name, endpoint };
}
