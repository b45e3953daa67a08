import type { DirectionDefault, TrafficDefault } from '../../ask/net/traffic-defaults.ts';

/** More lines than this are counted. */
const mostLines = 6;
const mostNamespaces = 5;

/** A line for each group of namespaces, the largest first. */
export function trafficLines(defaults: readonly TrafficDefault[]): readonly string[] {
  const sorted = [...defaults].sort((a, b) => b.namespaces.length - a.namespaces.length);
  const lines = sorted.slice(0, mostLines).map(({ namespaces, ingress, egress }) => {
    const more = namespaces.length > mostNamespaces ? ` and ${namespaces.length - mostNamespaces} more` : '';
    const [into, out] = [directionWords(ingress), directionWords(egress)];
    const said = into === out ? `in and out ${into}` : `in ${into}, out ${out}`;
    return `${namespaces.slice(0, mostNamespaces).join(', ')}${more}: ${said}`;
  });
  const left = sorted.slice(mostLines).reduce((sum, { namespaces }) => sum + namespaces.length, 0);
  return left === 0 ? lines : [...lines, `and ${left} more namespaces`];
}

const words = { allow: 'allowed', deny: 'denied', unknown: 'unknown' } as const;

function directionWords({ decision, by, denied = 0, workloads = 0 }: DirectionDefault): string {
  const said = decision === 'mixed' ? `denied to ${denied} of ${workloads} workloads` : words[decision];
  if (by.length === 0) return decision === 'mixed' ? said : `${said} (no policy)`;
  return `${said} (${by.length > 2 ? `${by.length} policies` : by.join(', ')})`;
}
