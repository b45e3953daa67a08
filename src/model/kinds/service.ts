import type { FieldPath } from '../../text/tree.ts';
import { items, record, text, textFields, texts } from '../json.ts';
import type { Json, JsonObject } from '../object.ts';
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

/** A Service as its clients and its pods see it: with the defaults of the API server, and a path for what a finding may point at. */
export interface ServiceView {
  readonly type: string;
  /** Empty for a Service that says by other means what is behind it. */
  readonly selector: ReadonlyMap<string, string>;
  readonly ports: readonly ServicePortView[];
  /** Whether its name stands for the addresses of its pods, so that nothing rewrites a connection to it. */
  readonly isHeadless: boolean;
  /** The addresses that its manifest gives it; `None` is none. */
  readonly clusterIPs: readonly string[];
  readonly externalIPs: readonly string[];
  /** Who may reach its load balancer; empty: everybody. */
  readonly sourceRanges: readonly string[];
  /** Whether traffic from outside keeps the address of its client. */
  readonly keepsSource: boolean;
}

/** One port of a Service. One without a number is left out, because the API server refuses it. */
export interface ServicePortView {
  /** Its place in `spec.ports`. */
  readonly index: number;
  readonly path: FieldPath;
  /** '' for one without a name. */
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
  /** The port of the pods, by number or name. */
  readonly target: number | string;
  readonly nodePort?: number;
}

/** Reads the `spec` of a Service. Mirrors SetDefaults_Service of pkg/apis/core/v1/defaults.go, v1.32. */
export function readService(spec: JsonObject): ServiceView {
  const addresses = new Set([text(spec.clusterIP), ...texts(spec.clusterIPs)]);
  return {
    type: text(spec.type) || 'ClusterIP',
    selector: new Map(textFields(spec.selector)),
    ports: items(spec.ports).flatMap(([index, port]) => readPort(index, port)),
    isHeadless: spec.clusterIP === 'None',
    clusterIPs: [...addresses].filter((address) => address !== '' && address !== 'None'),
    externalIPs: texts(spec.externalIPs),
    sourceRanges: texts(spec.loadBalancerSourceRanges),
    keepsSource: spec.externalTrafficPolicy === 'Local',
  };
}

function readPort(
  index: number,
  { name, protocol, port, targetPort, nodePort }: JsonObject,
): readonly ServicePortView[] {
  if (typeof port !== 'number') return [];
  const view = {
    index,
    path: ['spec', 'ports', index],
    name: text(name),
    protocol: text(protocol) || 'TCP',
    port,
    target: targetOf(targetPort) ?? port,
  };
  return [typeof nodePort === 'number' ? { ...view, nodePort } : view];
}

function targetOf(target: Json | undefined): number | string | undefined {
  const isSet = (typeof target === 'number' && target !== 0) || (typeof target === 'string' && target !== '');
  return isSet ? target : undefined;
}

/** Whether the selector of a Service matches labels. An empty one matches nothing: such a Service has endpoints that somebody else writes. */
export function serviceSelects(
  selector: ReadonlyMap<string, string>,
  labelOf: (key: string) => Json | undefined,
): boolean {
  return selector.size > 0 && [...selector].every(([key, value]) => labelOf(key) === value);
}

/** The labels of a pod template or any other object, by name. */
export function labelsOf(object: JsonObject): JsonObject {
  return record(record(object.metadata).labels);
}
