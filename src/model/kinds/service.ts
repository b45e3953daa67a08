import type { KubernetesObject } from './metadata.ts';

/*
 * Services (core/v1).
 * Field by field as k8s.io/api v0.37 has them; every field is optional, because a manifest may leave out anything, and an
 * absent or wrongly typed field is absent here. Fields not listed survive in the value.
 */

/** A name and addresses for a set of pods. */
export interface Service extends KubernetesObject {
  readonly spec?: ServiceSpec;
}

export interface ServiceSpec {
  readonly type?: string;
  readonly ports?: readonly ServicePort[];
  readonly selector?: Readonly<Record<string, string>>;
  readonly clusterIP?: string;
  readonly externalIPs?: readonly string[];
  readonly allocateLoadBalancerNodePorts?: boolean;
}

export interface ServicePort {
  readonly name?: string;
  readonly protocol?: string;
  readonly port?: number;
  readonly nodePort?: number;
}
