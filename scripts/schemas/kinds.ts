import type { Definitions } from './definitions.ts';
import type { GoFacts, GoKind } from './go-facts.ts';
import { NEWEST_MINOR, OLDEST_MINOR } from '../../src/model/versions.ts';

/** Kinds every group version registers, and which are no objects of a cluster. */
const OPTIONS = /^(?:Create|Delete|Get|List|Patch|Update)Options$|^WatchEvent$/;

/**
 * What the definitions do not say, and k8s.io/api does not hold: kinds of apiextensions-apiserver and kube-aggregator
 * (their `+k8s:prerelease-lifecycle-gen` tags), and alpha kinds that came and went (CHANGELOG of 1.20, 1.21, 1.19, 1.14).
 */
const KNOWN_LIFECYCLES: Readonly<Record<string, Partial<GoKind>>> = {
  'apiextensions.k8s.io/v1beta1 CustomResourceDefinition': {
    deprecated: '1.16',
    removed: '1.22',
    replacement: 'apiextensions.k8s.io/v1 CustomResourceDefinition',
  },
  'apiregistration.k8s.io/v1beta1 APIService': {
    deprecated: '1.19',
    removed: '1.22',
    replacement: 'apiregistration.k8s.io/v1 APIService',
  },
  'batch/v2alpha1 CronJob': { deprecated: '1.8', removed: '1.21', replacement: 'batch/v1 CronJob' },
};

/** One line for each group version: what kinds it has, in which minors, and their lifecycle. */
export function packKinds(
  { kinds }: Definitions,
  releases: readonly GoFacts[],
  calico: ReadonlyMap<string, string>,
): string[] {
  const entries = new Map<string, Map<string, string>>();
  const put = (key: string, text: string): void => {
    const [groupVersion = '', kind = ''] = key.split(' ');
    if (OPTIONS.test(kind)) return;
    const line = entries.get(groupVersion) ?? new Map<string, string>();
    entries.set(groupVersion, line.set(kind, `${kind}:${text}`));
  };
  const go = new Map<string, { kind: GoKind; registered: boolean }>();
  for (const [age, facts] of [...releases.entries()].reverse()) {
    for (const kind of facts.kinds) {
      go.set(`${kind.group === '' ? '' : `${kind.group}/`}${kind.version} ${kind.kind}`, {
        kind,
        registered: age === 0,
      });
    }
  }
  for (const key of [...new Set([...kinds.keys(), ...go.keys()])].sort()) {
    const served = kinds.get(key);
    const known = go.get(key);
    const struct = served?.struct ?? known?.kind.type ?? '';
    const lifecycle = KNOWN_LIFECYCLES[key] ?? known?.kind ?? {};
    const mark = known?.registered ? '!' : '';
    const facts = [lifecycle.deprecated, lifecycle.removed].map((release) => release?.replace('1.', '') ?? '');
    const replacement = lifecycle.replacement?.replace(' ', '.') ?? '';
    const tail = [...facts, replacement].join(',').replace(/,+$/, '');
    put(key, `${struct}${mark}@${range(served?.minors, lifecycle)}${tail === '' ? '' : `;${tail}`}`);
  }
  for (const [key, struct] of calico) put(key, `${struct}@-`);
  return [...entries].map(([groupVersion, line]) => `${groupVersion}\t${[...line.values()].join(' ')}`);
}

/** `since-until`; k8s.io/api knows better than the definitions, which list what is off by default too. */
function range(minors: readonly number[] | undefined, lifecycle: Partial<GoKind>): string {
  const minor = (release: string | undefined): number | undefined =>
    release === undefined ? undefined : Number(release.replace('1.', ''));
  const introduced = minor(lifecycle.introduced);
  const removed = minor(lifecycle.removed);
  const since = Math.min(...(minors ?? []), ...(introduced === undefined ? [] : [introduced]));
  const until =
    removed !== undefined && removed <= NEWEST_MINOR ? removed - 1 : Math.max(...(minors ?? [NEWEST_MINOR]));
  return `${since > OLDEST_MINOR && since < NEWEST_MINOR + 1 ? String(since) : ''}-${until < NEWEST_MINOR ? String(until) : ''}`;
}
