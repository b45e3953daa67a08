import { decimalQuantity, type Quantity } from '../../../lang/quantity.ts';
import type { ResourceList } from '../../../lang/resource-list.ts';
import type { Service } from '../../../model/kinds/service.ts';
import type { QuotaEvaluator } from './quota-evaluator.ts';

const ONE = decimalQuantity(1n);
const NAMES = ['count/services', 'services', 'services.nodeports', 'services.loadbalancers'];
const FIRST_WITHOUT_NODE_PORTS = 22;

/** How quota measures services. Mirrors pkg/quota/v1/evaluator/core/services.go, v1.11 to v1.37, by default feature gates. */
export function serviceEvaluator(minor: number): QuotaEvaluator {
  return {
    countsUpdates: true,
    matching: (names) => names.filter((name) => NAMES.includes(name)),
    matchesScope: () => false,
    missing: () => '',
    usage: (object) => serviceUsage(object, minor),
  };
}

function serviceUsage({ spec = {} }: Service, minor: number): ResourceList {
  const { type, ports = [], allocateLoadBalancerNodePorts: allocate = true } = spec;
  // Ports are not allocated yet; what counts is the intent.
  const asked =
    minor >= FIRST_WITHOUT_NODE_PORTS && !allocate ? ports.filter(({ nodePort = 0 }) => nodePort !== 0) : ports;
  let nodePorts = 0;
  if (type === 'NodePort') nodePorts = ports.length;
  else if (type === 'LoadBalancer') nodePorts = asked.length;
  return new Map<string, Quantity>([
    ['count/services', ONE],
    ['services', ONE],
    ['services.nodeports', decimalQuantity(BigInt(nodePorts))],
    ['services.loadbalancers', decimalQuantity(type === 'LoadBalancer' ? 1n : 0n)],
  ]);
}
