import { derivedId } from '../finding/finding-id.ts';
import type { Finding } from '../finding/finding.ts';

/** A finding whose id is not settled: others may have the same identity. */
export interface Draft extends Omit<Finding, 'id'> {
  readonly baseId: string;
  /** Whether it is about all manifests of the cluster: the same of several clusters is one, wherever it stands. */
  readonly isOfCluster?: boolean;
}

/** Sorts, drops what is reported twice, puts together what is found alike in several clusters, and tells findings of equal identity apart: by file, then by message, then by order. */
export function identify(drafts: Draft[]): Finding[] {
  drafts.sort(compare);
  const taken = new Set<string>();
  /** The last order given among those that not even the message tells apart: there may be a hundred thousand. */
  const orders = new Map<string, number>();
  const findings: Finding[] = [];
  let previous: Draft | undefined;
  /** Where findings about clusters are among the findings. */
  const ofClusters = new Map<string, number>();
  for (const next of drafts) {
    if (previous?.file === next.file && comparePlaces(previous, next) === 0 && previous.severity === next.severity) {
      const last = findings.at(-1);
      if (last !== undefined && !clustersOf(last).includes(next.cluster))
        findings[findings.length - 1] = { ...last, clusters: [...clustersOf(last), next.cluster] };
      continue;
    }
    previous = next;
    const { baseId: base, isOfCluster = false, ...finding } = next;
    if (isOfCluster) {
      const key = JSON.stringify([finding.rule, finding.severity, finding.message]);
      const known = ofClusters.get(key);
      const same = known === undefined ? undefined : findings[known];
      if (known !== undefined && same !== undefined) {
        findings[known] = { ...same, clusters: [...clustersOf(same), finding.cluster] };
        continue;
      }
      ofClusters.set(key, findings.length);
    }
    let id = base;
    if (taken.has(id)) id = derivedId(base, finding.file.path);
    if (taken.has(id)) id = derivedId(id, finding.message);
    if (taken.has(id)) {
      const what = `${finding.file.path} ${finding.message}`;
      let order = orders.get(`${base} ${what}`) ?? 1;
      while (taken.has(id)) id = derivedId(base, `${what} ${String(++order)}`);
      orders.set(`${base} ${what}`, order);
    }
    taken.add(id);
    findings.push({ id, ...finding });
  }
  return findings;
}

function clustersOf({ cluster, clusters = [cluster] }: Finding): readonly string[] {
  return clusters;
}

function compare(a: Draft, b: Draft): number {
  return comparePlaces(a, b) || compareText(a.severity, b.severity) || compareText(a.cluster, b.cluster);
}

/** Where and what, whichever cluster it is found in. */
function comparePlaces(a: Draft, b: Draft): number {
  return (
    compareText(a.file.path, b.file.path) ||
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

/** By code unit, never by locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
