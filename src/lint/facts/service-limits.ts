import { record, texts } from '../../model/json.ts';
import { asWritten, specAsWritten } from '../../model/as-written.ts';
import type { ManifestObject } from '../../model/object.ts';

/** The `externalIPs` of a Service. */
export function externalAddresses(service: ManifestObject): readonly string[] {
  return texts(specAsWritten(service).externalIPs);
}

/** Annotations by which the clouds tell an internal load balancer. */
const internalAnnotations: Readonly<Record<string, RegExp>> = {
  'service.beta.kubernetes.io/aws-load-balancer-internal': /^(?!false$)/,
  'service.beta.kubernetes.io/aws-load-balancer-scheme': /^internal$/,
  'service.beta.kubernetes.io/azure-load-balancer-internal': /^true$/,
  'networking.gke.io/load-balancer-type': /^Internal$/i,
  'cloud.google.com/load-balancer-type': /^Internal$/i,
  'service.beta.kubernetes.io/openstack-internal-load-balancer': /^true$/,
  'service.beta.kubernetes.io/oci-load-balancer-internal': /^true$/,
  'metallb.universe.tf/address-pool': /internal|private/,
};

/** Whether a Service of type LoadBalancer is internal, or says which addresses may reach it. */
export function isLimited(object: ManifestObject): boolean {
  const { metadata, spec } = asWritten(object);
  const ranges = record(spec).loadBalancerSourceRanges;
  const annotations = record(record(metadata).annotations);
  const isOpen = !Array.isArray(ranges) || ranges.length === 0 || ranges.includes('0.0.0.0/0');
  return (
    !isOpen ||
    Object.entries(internalAnnotations).some(([key, value]) => {
      const written = annotations[key];
      return typeof written === 'string' && value.test(written);
    })
  );
}
