import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueAt } from '../../../lang/traffic/diagram.ts';
import type { JsonObject } from '../../../model/object.ts';
import { TrafficEvaluator } from './endpoint-traffic.ts';
import type { Decider } from './endpoint-traffic.ts';
import type { WalkStep } from '../packet/evaluate-endpoint.ts';
import { evaluateFlow } from '../packet/flow.ts';
import { build, calicoPolicy, packet, pod } from '../laws/network.fixture.ts';

const pods = [
  pod('a', 'x', '10.0.0.1', { app: 'x' }),
  pod('a', 'y', '10.0.0.2', { app: 'y' }),
  pod('b', 'x', '10.0.0.3', { app: 'x' }),
];
const addresses = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '192.0.2.1'];

const ports = fc.array(fc.constantFrom<number | string>(80, '81:90', 8080, 'http'), { minLength: 1, maxLength: 3 });
const end = fc.record(
  { selector: fc.constantFrom('all()', "app == 'x'"), ports, notPorts: ports, notNets: fc.constant(['10.0.0.2/32']) },
  { requiredKeys: [] },
);
const withPorts = fc.record(
  {
    action: fc.constantFrom('Allow', 'Deny', 'Pass', 'Log'),
    protocol: fc.constantFrom('TCP', 'UDP', 17),
    source: end,
    destination: end,
  },
  { requiredKeys: ['action', 'protocol'] },
);
const withoutPorts = fc.record(
  {
    action: fc.constantFrom('Allow', 'Deny', 'Pass'),
    notProtocol: fc.constantFrom('TCP', 47),
    source: fc.record({ notSelector: fc.constant("app == 'y'") }),
  },
  { requiredKeys: ['action'] },
);
const rules = fc.array(fc.oneof(withPorts, withoutPorts), { maxLength: 4 });
const spec = fc.record({ selector: fc.constantFrom('all()', "app == 'x'"), ingress: rules, egress: rules });
const point = fc.record({
  source: fc.constantFrom(...addresses),
  destination: fc.constantFrom(...addresses),
  protocol: fc.constantFrom(6, 17, 47, 4),
  port: fc.constantFrom(79, 80, 90, 8080, 4789),
  sourcePort: fc.constantFrom(80, 8080, 40000),
});

function same(by: Decider, step: WalkStep | undefined): boolean {
  if (step === undefined) return by.kind === 'encapsulation';
  const wanted: Record<string, unknown> = { ...step };
  return Object.entries(by).every(([key, value]) => wanted[key] === value);
}

describe('all packets at once', () => {
  it('are decided as each of them alone, by the same rule', () => {
    fc.assert(
      fc.property(
        fc.array(spec, { maxLength: 3 }),
        fc.array(point, { minLength: 5, maxLength: 20 }),
        (specs, points) => {
          const policies = specs.map((each, i) =>
            calicoPolicy(i % 2 === 0 ? 'a' : 'b', `p${String(i)}`, each as unknown as JsonObject),
          );
          const { network } = build([...pods, ...policies]);
          const evaluator = new TrafficEvaluator(network);
          for (const { source, destination, port, protocol, sourcePort } of points) {
            const one = packet(network, source, destination, port, protocol, sourcePort);
            const verdict = evaluateFlow(network, one);
            for (const direction of ['egress', 'ingress'] as const) {
              const half = verdict[direction];
              if (half === undefined) continue;
              const outcome = valueAt(evaluator.endpoint(half.endpoint, direction, one), [protocol, port, sourcePort]);
              expect(outcome.decision).toBe(half.verdict.decision);
              expect(same(outcome.by, half.verdict.steps.at(-1))).toBe(true);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
