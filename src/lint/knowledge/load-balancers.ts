/**
 * Annotations by which clouds tell that the load balancer of a Service is internal: one that is written with such a value has no address on
 * the internet.
 */
export const internalLoadBalancers: readonly { readonly annotation: string; readonly value: RegExp }[] = [
  // kubernetes/cloud-provider-aws, pkg/providers/v1/aws.go: any value but `false`
  { annotation: 'service.beta.kubernetes.io/aws-load-balancer-internal', value: /^(?!false$)/ },
  // AWS Load Balancer Controller, docs/guide/service/annotations.md
  { annotation: 'service.beta.kubernetes.io/aws-load-balancer-scheme', value: /^internal$/ },
  // kubernetes-sigs/cloud-provider-azure, pkg/consts/consts.go
  { annotation: 'service.beta.kubernetes.io/azure-load-balancer-internal', value: /^true$/ },
  // GKE, “LoadBalancer Service parameters”
  { annotation: 'networking.gke.io/load-balancer-type', value: /^Internal$/i },
  // GKE before 1.17, the same page
  { annotation: 'cloud.google.com/load-balancer-type', value: /^Internal$/i },
  // kubernetes/cloud-provider-openstack, docs/openstack-cloud-controller-manager/expose-applications-using-loadbalancer-type-service.md
  { annotation: 'service.beta.kubernetes.io/openstack-internal-load-balancer', value: /^true$/ },
  // oracle/oci-cloud-controller-manager, docs/load-balancer-annotations.md
  { annotation: 'service.beta.kubernetes.io/oci-load-balancer-internal', value: /^true$/ },
  // MetalLB, usage/index.md: the name of a pool, so that this is a guess
  { annotation: 'metallb.universe.tf/address-pool', value: /internal|private/ },
];
