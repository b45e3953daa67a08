/** Kinds of network policy, by group and kind, that k8sec does not judge: with one of them nothing can be called open. */
export const foreignPolicies: readonly (readonly [group: string, kind: string])[] = [
  // cilium/cilium, pkg/k8s/apis/cilium.io/v2
  ['cilium.io', 'CiliumNetworkPolicy'],
  ['cilium.io', 'CiliumClusterwideNetworkPolicy'],
  // antrea-io/antrea, docs/antrea-network-policy.md
  ['crd.antrea.io', 'ClusterNetworkPolicy'],
  ['crd.antrea.io', 'NetworkPolicy'],
];
