import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { record, records, text } from '../../../model/json.ts';

/** A port that a container declares. */
export interface DeclaredPort {
  /** '' for one without a name. */
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
}

/** The ports that a pod's containers declare, those of init containers last. */
export function declaredPorts({ pod }: PodSource): readonly DeclaredPort[] {
  const spec = record(pod.spec);
  return [...records(spec.containers), ...records(spec.initContainers)]
    .flatMap((container) => records(container.ports))
    .flatMap(({ name, protocol, containerPort }) =>
      typeof containerPort === 'number'
        ? [{ name: text(name), protocol: text(protocol) || 'TCP', port: containerPort }]
        : [],
    );
}

/** The number of a port that a pod names. */
export function namedPort(pod: PodSource, name: string, protocol: string): number | undefined {
  return declaredPorts(pod).find((port) => port.name === name && port.protocol === protocol)?.port;
}
