import { parseCidr } from '../../../lang/addresses/cidr.ts';
import type { FieldPath } from '../../../text/tree.ts';
import { emptyPeer } from './calico-resource.ts';
import type { CalicoPeer, CalicoPort, CalicoRule } from './calico-resource.ts';
import { namespaceSelectorText, podSelectorText } from './kubernetes-selector.ts';
import type { KubernetesPeer, KubernetesPolicySpec, KubernetesPort } from './kubernetes-resource.ts';
import type { Direction } from '../form/normal-form.ts';
import { groupByProtocol } from './protocol-ports.ts';

/** A Calico rule that was made from (a part of) a rule of another kind, and where that stands. */
export interface ConvertedRule {
  readonly rule: CalicoRule;
  readonly path: FieldPath;
}

/**
 * The Calico rules of one direction: one per protocol and peer. The spec must be valid. Mirrors
 * libcalico-go/lib/backend/k8s/conversion K8sNetworkPolicyToCalico, v3.32.
 */
export function convertKubernetesRules(spec: KubernetesPolicySpec, direction: Direction): readonly ConvertedRule[] {
  return spec[direction].flatMap((rule, index) => {
    const path = ['spec', direction, index];
    const peers = rule.peers.length === 0 ? [undefined] : rule.peers;
    return groupByProtocol(rule.ports.map(convertPort)).flatMap(({ protocol, ports }) =>
      peers.map((peer, at): ConvertedRule => {
        const match = peer === undefined ? emptyPeer : convertPeer(peer);
        const source = direction === 'ingress' ? match : emptyPeer;
        const destination = { ...(direction === 'egress' ? match : emptyPeer), ports };
        const from = direction === 'ingress' ? 'from' : 'to';
        return {
          rule: { action: 'Allow', ...(protocol === '' ? {} : { protocol }), source, destination },
          path: peer === undefined ? path : [...path, from, at],
        };
      }),
    );
  });
}

/** The directions that a policy governs after the API server's defaults. */
export function kubernetesPolicyTypes(spec: KubernetesPolicySpec): Readonly<Record<Direction, boolean>> {
  if (spec.policyTypes.length === 0) return { ingress: true, egress: spec.egress.length > 0 };
  return { ingress: spec.policyTypes.includes('Ingress'), egress: spec.policyTypes.includes('Egress') };
}

/** An absent protocol is TCP; an absent number is all of the protocol's ports. */
function convertPort({ protocol = 'TCP', port, endPort }: KubernetesPort): {
  readonly protocol: string;
  readonly port?: CalicoPort;
} {
  if (port === undefined) return { protocol };
  if (typeof port === 'string') return { protocol, port: { first: 0, last: 0, name: port } };
  return { protocol, port: { first: port, last: endPort ?? port, name: '' } };
}

/** Calico cannot read what only the API server's legacy parser accepts, and then asks for nothing: the rule matches any peer. */
function convertPeer(peer: KubernetesPeer): CalicoPeer {
  if (peer.ipBlock === undefined) {
    return {
      ...emptyPeer,
      selector: podSelectorText(peer.podSelector),
      namespaceSelector: namespaceSelectorText(peer.namespaceSelector),
    };
  }
  if (parseCidr(peer.ipBlock.cidr) === undefined) return emptyPeer;
  const unreadable = peer.ipBlock.except.findIndex((except) => parseCidr(except) === undefined);
  const notNets = unreadable < 0 ? peer.ipBlock.except : peer.ipBlock.except.slice(0, unreadable);
  return { ...emptyPeer, nets: [peer.ipBlock.cidr], notNets };
}
