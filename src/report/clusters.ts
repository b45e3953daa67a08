import type { ClustersValue, EntryPointValue } from '../ask/clusters.ts';
import { counted } from '../lang/counted.ts';
import type { Paint } from './paint.ts';
import { printableLine } from './printable.ts';

/** How a tree is divided: each cluster, why it is one, and its entry points with the files that they take in. */
export function renderClusters({ clusters }: ClustersValue, { paint }: { readonly paint: Paint }): string {
  return clusters
    .map(({ name, why, objects, entryPoints }) => {
      const title = name === '' ? (clusters.length === 1 ? 'one cluster' : '(the rest)') : name;
      const head = `${paint.bold(printableLine(title))}  ${counted(objects, 'object')} ${paint.dim(`(${printableLine(why)})`)}\n`;
      return head + entryPoints.map((entry) => entryLines(entry, paint)).join('');
    })
    .join('\n');
}

function entryLines(entry: EntryPointValue, paint: Paint): string {
  const { kind, path, takes, objects, appliedBy, notRendered, notRenderedPart } = entry;
  const count = counted(objects, 'object');
  const made =
    notRendered !== undefined
      ? `not rendered: ${printableLine(notRendered)}`
      : notRenderedPart !== undefined
        ? `${count}, a part not rendered: ${printableLine(notRenderedPart)}`
        : count;
  const lines = [`  ${kind.padEnd(13)} ${printableLine(path)}  ${paint.dim(made)}`];
  for (const { kind: by, name, file } of appliedBy) {
    lines.push(
      `      ${paint.dim(printableLine(`applied by ${by} ${name}${file === undefined ? '' : ` (${file})`}`))}`,
    );
  }
  for (const file of takes.slice(0, SHOWN)) lines.push(`      ${paint.dim(printableLine(file))}`);
  if (takes.length > SHOWN) lines.push(`      ${paint.dim(`and ${String(takes.length - SHOWN)} more files`)}`);
  return lines.map((line) => `${line}\n`).join('');
}

/** So many files of an entry point are named. */
const SHOWN = 8;
