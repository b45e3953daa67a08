import { compareBytes } from '../../lang/byte-order.ts';
import { goQuote } from '../../lang/go-quote.ts';
import type { Pod } from '../../model/kinds/pod.ts';
import { formatLevelVersion, type LevelVersion, shortReasons, violationsOf } from './evaluate-pod.ts';
import { isExempt } from './exemptions.ts';
import type { PsaServer } from './psa-request.ts';

const MOST_PODS = 3000;

/** Pods with the same faults, told as one. */
interface Group {
  readonly count: number;
  /** The first by name. */
  readonly name: string;
}

/**
 * What the server says about a namespace's pods when it is to enforce a new level: they stay, but would not be admitted again. Its limit of
 * one second does not exist here. Mirrors EvaluatePodsInNamespace of admission/admission.go of pod-security-admission, v0.37.
 */
export function existingPodsWarnings(server: PsaServer, namespace: string, enforce: LevelVersion): readonly string[] {
  const pods = prioritized(server, namespace);
  const checked = pods.slice(0, MOST_PODS);
  const groups = new Map<string, Group>();
  for (const { metadata = {}, spec = {} } of checked) {
    const violations = violationsOf(enforce, { metadata, spec }, server);
    if (violations.length === 0) continue;
    const reasons = shortReasons(violations);
    const { name = '' } = metadata;
    const group = groups.get(reasons) ?? { count: 0, name };
    groups.set(reasons, { count: group.count + 1, name: compareBytes(name, group.name) < 0 ? name : group.name });
  }
  const warnings: string[] = [];
  if (checked.length < pods.length) {
    const share = `the first ${checked.length} of ${pods.length} existing pods`;
    warnings.push(`new PodSecurity enforce level only checked against ${share}`);
  }
  if (groups.size > 0) {
    const level = goQuote(formatLevelVersion(enforce));
    warnings.push(
      `existing pods in namespace ${goQuote(namespace)} violate the new PodSecurity enforce level ${level}`,
    );
  }
  const lines = [...groups].map(([reasons, group]) => `${groupName(group)}: ${reasons}`);
  return [...warnings, ...lines.sort(compareBytes)];
}

function groupName({ count, name }: Group): string {
  if (count === 1) return name;
  return count === 2 ? `${name} (and 1 other pod)` : `${name} (and ${count - 1} other pods)`;
}

/** One pod of each controller first, then the rest; without those of exempt runtime classes. */
function prioritized({ configuration, podsIn }: PsaServer, namespace: string): readonly Pod[] {
  const first: Pod[] = [];
  const rest: Pod[] = [];
  const controllers = new Set<string>();
  for (const pod of podsIn(namespace)) {
    if (isExempt(configuration.exemptions.runtimeClasses, pod.spec?.runtimeClassName)) continue;
    const owner = pod.metadata?.ownerReferences?.find(({ controller }) => controller === true);
    const uid = owner?.uid ?? '';
    if (owner !== undefined && controllers.has(uid)) rest.push(pod);
    else first.push(pod);
    if (owner !== undefined) controllers.add(uid);
  }
  return [...first, ...rest];
}
