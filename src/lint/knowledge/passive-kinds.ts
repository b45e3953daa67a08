import { kindFacts } from '../../model/kind-facts.ts';
import type { ManifestObject } from '../../model/object.ts';

/** Groups of custom resources whose controllers create no pods. */
const passive =
  /^(?:crd\.)?(?:projectcalico\.org|cilium\.io|gateway\.networking\.k8s\.io|policy\.networking\.k8s\.io|cert-manager\.io|networking\.istio\.io|security\.istio\.io|external-secrets\.io|bitnami\.com|kyverno\.io|constraints\.gatekeeper\.sh|traefik\.(?:io|containo\.us)|cloud\.google\.com|networking\.gke\.io|elbv2\.k8s\.aws|vpcresources\.k8s\.aws|autoscaling\.k8s\.io|keda\.sh|metallb\.io|apiextensions\.k8s\.io)$/;
const passiveKinds = ['ServiceMonitor', 'PodMonitor', 'PrometheusRule', 'Probe', 'AlertmanagerConfig', 'ScrapeConfig'];

/** Whether an object is a custom resource whose controller may create pods. */
export function mayMakePods({ apiVersion, group, kind }: ManifestObject): boolean {
  if (kindFacts(apiVersion, kind) !== undefined || !group.includes('.')) return false;
  return !passive.test(group) && !passiveKinds.includes(kind);
}
