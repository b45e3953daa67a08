/** The images of network plugins and agents that enforce NetworkPolicies. */
export const enforcingImages: readonly RegExp[] = [
  // projectcalico/calico, manifests/calico.yaml
  /(?:^|\/)(?:calico\/node|calico-node)$/,
  // cilium/cilium, install/kubernetes/cilium/values.yaml
  /(?:^|\/)cilium$/,
  // cloudnativelabs/kube-router, daemonset/kubeadm-kuberouter.yaml
  /(?:^|\/)kube-router$/,
  // antrea-io/antrea, build/yamls/antrea.yml
  /(?:^|\/)antrea-\w+$/,
  // weaveworks/weave, prog/weave-kube/weave-daemonset-k8s-1.11.yaml
  /(?:^|\/)weave-npc$/,
  // kubernetes-sigs/kube-network-policies, install.yaml
  /(?:^|\/)kube-network-policies$/,
  // aws/aws-network-policy-agent, as amazon-vpc-cni-k8s deploys it
  /(?:^|\/)aws-network-policy-agent$/,
  // kubeovn/kube-ovn, dist/images/install.sh; ovn-org/ovn-kubernetes, dist/templates
  /kube-ovn|ovn-kube/,
];

/** The images of network plugins that enforce none: flannel-io/flannel, Documentation/kube-flannel.yml. */
export const unenforcingImages: readonly { readonly name: string; readonly image: RegExp }[] = [
  { name: 'flannel', image: /(?:^|\/)flannel$/ },
];
