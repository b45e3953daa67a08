import { isObject, list, record } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import { type Check, invalid } from '../../validation/check/check.ts';
import { field, item } from '../../validation/check/place.ts';
import { numberOf } from '../../validation/check/values.ts';

/*
 * What the server gives a Service before it looks at it: addresses and node ports, of a cluster that has IPv4 only, 10.96.0.0/12, node ports
 * 30000 to 32767. Mirrors pkg/registry/core/service/storage, alloc.go and storage.go, v1.24 and v1.37.
 */

const SPEC = field(undefined, 'spec');

const FIRST_NODE_PORT = 30000;

const LAST_NODE_PORT = 32767;

export function needsNodePorts({ type }: JsonObject): boolean {
  return type === 'NodePort' || type === 'LoadBalancer';
}

export function needsHealthCheck(spec: JsonObject): boolean {
  return spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';
}

/** Mirrors initNodePorts and its companion for health checks. */
export function givePorts(check: Check, spec: JsonObject, old: JsonObject | undefined): void {
  const used = new Set<number>();
  const kept = new Set(old === undefined ? [] : list(old.ports).map((port) => numberOf(record(port).nodePort)));
  let next = FIRST_NODE_PORT;
  const take = (wanted: number): string => {
    if (kept.has(wanted) || (old !== undefined && wanted === numberOf(old.healthCheckNodePort))) return '';
    if (wanted < FIRST_NODE_PORT || wanted > LAST_NODE_PORT)
      return `provided port is not in the valid range. The range of valid ports is ${FIRST_NODE_PORT}-${LAST_NODE_PORT}`;
    if (used.has(wanted)) return 'provided port is already allocated';
    used.add(wanted);
    return '';
  };
  const takeNext = (): number => {
    while (used.has(next) || kept.has(next)) next++;
    used.add(next);
    return next;
  };
  if (needsNodePorts(spec)) {
    const byPort = new Map<number, number>();
    const isGiven = spec.type === 'NodePort' || spec.allocateLoadBalancerNodePorts !== false;
    for (const [index, port] of list(spec.ports).entries()) {
      if (!isObject(port)) continue;
      const nodePort = numberOf(port.nodePort);
      if (nodePort === 0 && !isGiven) continue;
      const number = numberOf(port.port);
      const known = byPort.get(number);
      let error = '';
      if (known === undefined) {
        const wanted =
          nodePort !== 0
            ? nodePort
            : numberOf(
                list(spec.ports)
                  .map(record)
                  .find((one) => one.port === number && numberOf(one.nodePort) !== 0)?.nodePort,
              );
        if (wanted === 0) port.nodePort = takeNext();
        else {
          error = take(wanted);
          port.nodePort = wanted;
        }
        byPort.set(number, numberOf(port.nodePort));
      } else if (nodePort === 0) port.nodePort = known;
      else if (nodePort !== known) error = take(nodePort);
      if (error !== '') {
        invalid(check, field(item(field(SPEC, 'ports'), index), 'nodePort'), port.nodePort, error);
        return;
      }
    }
  }
  if (!needsHealthCheck(spec)) return;
  const health = numberOf(spec.healthCheckNodePort);
  if (health === 0) spec.healthCheckNodePort = takeNext();
  else take(health);
}
