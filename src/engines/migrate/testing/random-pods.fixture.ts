import fc from 'fast-check';
import type { Json, JsonObject } from '../../../model/object.ts';
import type { Provider } from '../../psp/compile-policy.ts';
import { type RandomChange, randomChange } from './random-changes.fixture.ts';

/*
 * Random pods for replaying a migration: nothing here is shared with the probes that the claims rest on. Pods begin as one of `bases` and get a few
 * random changes, so that pods that a side admits, or nearly so, are as frequent as others.
 */

const MAIN = { name: 'main', image: 'example' };
const HARDENED: JsonObject = {
  ...MAIN,
  securityContext: {
    runAsNonRoot: true,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  },
};

/** A pod that says nothing, some that the levels admit, one for Windows. */
export const PLAIN_PODS: readonly JsonObject[] = [
  { containers: [MAIN] },
  { containers: [HARDENED] },
  { containers: [HARDENED], hostUsers: false },
  { containers: [MAIN], os: { name: 'windows' }, securityContext: { runAsNonRoot: true } },
].map((spec) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'random' }, spec }));

/** Pods that these policies may disagree with levels about; each begins as one of `bases`, which have one container of the name `main`. */
export function randomPods(policies: readonly Provider[], bases: readonly JsonObject[]): fc.Arbitrary<JsonObject> {
  const change = randomChange(policies);
  return fc
    .record({
      base: fc.constantFrom(...bases),
      twin: fc.nat(5),
      changes: fc.array(fc.tuple(change, fc.nat(1)), { maxLength: 3 }),
    })
    .map(({ base, twin, changes }) => randomPod(base, twin, changes));
}

function randomPod(base: JsonObject, twin: number, changes: readonly (readonly [RandomChange, number])[]): JsonObject {
  const pod = JSON.parse(JSON.stringify(base)) as typeof base;
  const spec = pod.spec as JsonObject;
  const containers = spec.containers as JsonObject[];
  const [main = {}] = containers;
  const all = [main];
  if (twin <= 2) {
    const second = { ...(JSON.parse(JSON.stringify(main)) as typeof main), name: 'twin' };
    all.push(second);
    if (twin === 0) containers.push(second);
    if (twin === 1) spec.initContainers = [second];
    // No API server takes these on creation, but what is said of such pods must be the same on both sides: nothing.
    if (twin === 2) spec.ephemeralContainers = [second];
  }
  for (const [change, target] of changes) apply(change, pod, all[target % all.length] ?? main);
  return pod;
}

function apply(change: RandomChange, pod: JsonObject, container: JsonObject): void {
  const spec = pod.spec as JsonObject;
  for (const [key, value] of Object.entries(change.annotations ?? {})) {
    const named = key.endsWith('/') ? `${key}${container.name as string}` : key;
    Object.assign(below(pod.metadata as JsonObject, 'annotations'), { [named]: value });
  }
  Object.assign(spec, change.spec);
  if (change.podContext !== undefined) Object.assign(below(spec, 'securityContext'), change.podContext);
  Object.assign(container, change.container);
  if (change.context !== undefined) Object.assign(below(container, 'securityContext'), change.context);
  if (change.volume === undefined) return;
  const name = `v${((spec.volumes ?? []) as Json[]).length}`;
  spec.volumes = [...((spec.volumes ?? []) as Json[]), { name, ...change.volume }];
  const mount = { name, mountPath: `/${name}`, readOnly: change.readOnly ?? false };
  container.volumeMounts = [...((container.volumeMounts ?? []) as Json[]), mount];
}

function below(owner: JsonObject, field: string): JsonObject {
  owner[field] ??= {};
  return owner[field] as JsonObject;
}
