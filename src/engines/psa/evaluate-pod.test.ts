import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFieldPath } from '../../text/tree.ts';
import type { CheckedPod } from './check.ts';
import { longReasons, shortReasons, type Violation, violationsOf } from './evaluate-pod.ts';
import { somePod } from './pod.fixture.ts';
import { policyVersion } from './policy-version.ts';

const minors = fc.integer({ min: 0, max: 37 });

function against(level: 'baseline' | 'restricted', pod: CheckedPod, minor = 37): readonly Violation[] {
  return violationsOf({ level, version: policyVersion(minor) }, pod, { minor: 37, newest: 37 });
}

describe('violationsOf', () => {
  it('finds that restricted forbids whatever baseline forbids, but for what Windows pods are spared', () => {
    fc.assert(
      fc.property(somePod, minors, (pod, minor) => {
        const strict = new Set(against('restricted', pod, minor).map(({ check }) => check));
        for (const { check } of against('baseline', pod, minor)) {
          const overridden = check.replace('_baseline', '_restricted').replace('hostPathVolumes', 'restrictedVolumes');
          const isSeen = strict.has(check) || strict.has(overridden) || strict.has(`${check}_restricted`);
          const windows = pod.spec.os?.name === 'windows' && minor >= 25 && /^(?:seccomp|capabilities)/.test(check);
          expect(isSeen || windows).toBe(true);
        }
      }),
    );
  });

  it('does not depend on the order of containers, volumes or sysctls', () => {
    fc.assert(
      fc.property(somePod, minors, (pod, minor) => {
        const { spec } = pod;
        const turned: CheckedPod = {
          ...pod,
          spec: {
            ...spec,
            ...(spec.containers && { containers: spec.containers.toReversed() }),
            ...(spec.initContainers && { initContainers: spec.initContainers.toReversed() }),
            ...(spec.volumes && { volumes: spec.volumes.toReversed() }),
          },
        };
        for (const level of ['baseline', 'restricted'] as const) {
          const reasons = shortReasons(against(level, pod, minor));
          expect(shortReasons(against(level, turned, minor))).toBe(reasons);
        }
      }),
    );
  });

  it('names at least one field for each violation, and each of them is in the pod as it says', () => {
    fc.assert(
      fc.property(somePod, minors, (pod, minor) => {
        for (const { fields } of against('restricted', pod, minor)) {
          expect(fields.length).toBeGreaterThan(0);
          for (const { path, value } of fields) {
            let node: unknown = pod;
            for (const segment of path) node = (node as Record<string, unknown> | undefined)?.[segment];
            if (value === undefined) expect(node).toBeUndefined();
            else expect(node).toBeDefined();
          }
        }
      }),
    );
  });

  it('means the server’s own minor by every later version', () => {
    fc.assert(
      fc.property(somePod, minors, (pod, minor) => {
        const edition = { minor: 37, newest: minor };
        const own = violationsOf({ level: 'restricted', version: policyVersion(minor) }, pod, edition);
        expect(violationsOf({ level: 'restricted', version: 'latest' }, pod, edition)).toEqual(own);
        expect(violationsOf({ level: 'restricted', version: 'v1.99' }, pod, edition)).toEqual(own);
      }),
    );
  });

  it('says why in the server’s words', () => {
    const pod: CheckedPod = {
      metadata: {},
      spec: {
        hostPID: true,
        containers: [
          { name: 'web', securityContext: { privileged: true, capabilities: { add: ['SYS_TIME', 'NET_RAW'] } } },
          { name: 'log', securityContext: { privileged: true } },
        ],
      },
    };
    const violations = against('baseline', pod);
    expect(longReasons(violations)).toBe(
      'non-default capabilities (container "web" must not include "NET_RAW", "SYS_TIME" in securityContext.capabilities.add), ' +
        'host namespaces (hostPID=true), privileged (containers "web", "log" must not set securityContext.privileged=true)',
    );
    expect(violations.flatMap(({ fields }) => fields.map(({ path }) => formatFieldPath(path)))).toEqual([
      'spec.containers[0].securityContext.capabilities.add[0]',
      'spec.containers[0].securityContext.capabilities.add[1]',
      'spec.hostPID',
      'spec.containers[0].securityContext.privileged',
      'spec.containers[1].securityContext.privileged',
    ]);
  });

  it('asks nothing at the level privileged', () => {
    fc.assert(
      fc.property(somePod, (pod) => {
        expect(violationsOf({ level: 'privileged', version: 'latest' }, pod, { minor: 37, newest: 37 })).toEqual([]);
      }),
    );
  });
});
