import type { PodAdmissionValue } from '../../ask/pods/admit.ts';
import { counted } from '../../lang/counted.ts';
import { assumptionLines } from '../assumption-lines.ts';
import type { Paint } from '../paint.ts';
import { printableLine } from '../printable.ts';

const MOST_IMAGES = 20;
const MOST_LINES = 10;

/** What the manifests do not say about these pods: the lines about images, ready for the configuration, then what else was assumed. */
export function settlingLines(pods: readonly PodAdmissionValue[], paint: Paint, all: boolean): string {
  // What the cluster makes so by itself is nobody's to settle.
  const others = pods.flatMap(({ assumptions }) =>
    assumptions.filter((each) => each.of === 'admission' && each.decide !== ''),
  );
  const text = assumptionLines(others, paint, all ? Infinity : MOST_LINES);
  const rest = text === '' ? '' : `\n${paint.bold('assumed')}\n${text}`;
  return `${imageLines(pods, paint, all)}${rest}`;
}

/** What to write into the configuration for each image whose user decides and is unknown. */
export function imageLines(pods: readonly PodAdmissionValue[], { bold, dim, yellow }: Paint, all: boolean): string {
  const unknown = pods
    .flatMap(({ kubelet }) => kubelet?.containers ?? [])
    .filter(({ decision }) => decision === 'unknown');
  const images = [...new Set(unknown.map(({ image }) => image))];
  if (images.length === 0) return '';
  const shown = images.slice(0, all ? Infinity : MOST_IMAGES);
  const lines = shown.map((image) => `      ${yellow(`${JSON.stringify(printableLine(image))}: { user: … }`)}\n`);
  const left = images.length - shown.length;
  const rest = left === 0 ? '' : `      ${dim(`and ${left} more (--all lists them)`)}\n`;
  const title = bold(`unknown user of ${counted(images.length, 'image')}`);
  return `\n${title}\n  set it in .k8sec.yaml as the \`USER\` of the image, or read the image with --images:\n  settings:\n    images:\n${lines.join('')}${rest}`;
}
