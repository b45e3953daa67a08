import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { type NetService, type PodPort, servicesOf, targetAt } from '../../../engines/net/model/services.ts';
import type { ServicePortView } from '../../../model/kinds/service.ts';
import type { FactContext } from '../fact-context.ts';
import { lazily } from '../lazily.ts';
import { isLimited } from './service-limits.ts';

/** Questions about Services. */
export interface ServiceFacts {
  /** The existing Services with the pods behind them. */
  readonly all: readonly NetService[];
  of(pod: PodSource): readonly NetService[];
  /** Where a connection to a port of a Service goes at a pod; undefined where the pod has no such port. */
  targetAt(pod: PodSource, port: ServicePortView): PodPort | undefined;
  /** The pods and ports behind a port of a Service, or all of its ports. */
  targetsOf(service: NetService, port?: ServicePortView): readonly PodPort[];
  /** The ports of a Service as text: `port 80 (http)`. */
  portsOf(service: NetService): string;
  /** Whether a Service of type LoadBalancer is internal, or says which addresses may reach it. */
  isLimited(service: NetService): boolean;
  /** Whether traffic from outside through a Service arrives at pods with the address of a node. */
  hidesSource(service: NetService): boolean;
}

/** Answers from the Services and pods of a cluster. */
export const serviceFacts = lazily<FactContext, ServiceFacts>({
  all: ({ cluster }) => servicesOf(cluster).all,
  of:
    ({ cluster }) =>
    (pod) =>
      servicesOf(cluster).of(pod),
  targetAt: () => targetAt,
  targetsOf: () => (service, port) =>
    (port === undefined ? service.ports : [port]).flatMap((each) =>
      service.pods.flatMap((pod) => targetAt(pod, each) ?? []),
    ),
  portsOf: () => portsOf,
  isLimited: () => isLimited,
  hidesSource:
    () =>
    ({ type, keepsSource }) =>
      (type === 'LoadBalancer' || type === 'NodePort') && !keepsSource,
});

function portsOf({ ports }: NetService): string {
  const listed = ports.map(({ port, name }) => (name === '' ? String(port) : `${String(port)} (${name})`));
  return listed.length === 0 ? 'no port' : `port ${listed.join(', ')}`;
}
