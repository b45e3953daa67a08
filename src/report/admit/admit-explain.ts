import type { PodAdmission } from '../../engines/admission/admit-pods.ts';
import type { GateVerdict } from '../../engines/admission/chain.ts';
import type { Json } from '../../model/object.ts';
import { assumptionLines } from './admit-settling.ts';
import { admissionWords } from './admit-words.ts';
import { jsonDiff } from '../json-diff.ts';
import type { Paint } from '../paint.ts';
import { sourceName } from '../pod-name.ts';
import { printableLine } from '../printable.ts';
import { reasonLine, reasonPlace } from '../reasons.ts';

/** The whole way of a pod: every gate in the server's order with what it changed or said, then the quotas, then the kubelet. */
export function renderAdmissionWalk(pod: PodAdmission, paint: Paint): string {
  const { source, verdict } = pod;
  const title = `${paint.bold(sourceName(source))} ${paint.dim(reasonPlace(source.placeOf(['metadata', 'name'])))}\n`;
  const { name, groups } = source.creator.user.value;
  const who = name === '' ? `somebody in ${groups.join(', ')}` : name;
  return [
    title,
    `  ${outcome(pod, paint)}\n`,
    verdict.because.map((reason) => `    ${reasonLine(reason, paint)}\n`).join(''),
    `  created by ${printableLine(who)} ${paint.dim(`(${printableLine(source.creator.user.origin)})`)}\n`,
    gates('changed by', 'admit', verdict.gates, paint),
    gates('judged by', 'validate', verdict.gates, paint),
    validation(pod, paint),
    quotaLines(pod, paint),
    startLines(pod, paint),
    unjudged(pod, paint),
    assumptions(pod, paint),
  ].join('');
}

function outcome(pod: PodAdmission, { green, red, yellow }: Paint): string {
  const { text, tone } = admissionWords(pod);
  const paint = tone === 'good' ? green : tone === 'bad' ? red : yellow;
  return paint(printableLine(text));
}

function gates(title: string, phase: GateVerdict['phase'], all: readonly GateVerdict[], paint: Paint): string {
  const own = all.filter((gate) => gate.phase === phase);
  const quiet = own.filter(({ rejection, change }) => rejection === undefined && change === undefined);
  const lines = own.filter((gate) => !quiet.includes(gate)).map((gate) => gateLines(gate, paint));
  const silent =
    phase === 'validate' && quiet.length > 0 ? `    ${paint.dim(`without objection: ${names(quiet)}`)}\n` : '';
  if (lines.length === 0 && silent === '') return '';
  return `  ${paint.bold(title)}\n${lines.join('')}${silent}`;
}

function names(list: readonly GateVerdict[]): string {
  return list.map(({ plugin }) => plugin).join(', ');
}

function gateLines({ plugin, rejection, change }: GateVerdict, paint: Paint): string {
  if (rejection !== undefined) {
    const because = rejection.because.map((reason) => `      ${reasonLine(reason, paint)}\n`).join('');
    return `    ${paint.red(plugin)}: ${printableLine(rejection.message)}\n${because}`;
  }
  const changes = change === undefined ? [] : jsonDiff(change.before, change.after);
  const lines = changes.map(({ path, before, after }) => {
    const field = printableLine(path);
    if (before === undefined) return paint.green(`+ ${field}: ${show(after)}`);
    if (after === undefined) return paint.red(`- ${field}: ${show(before)}`);
    return paint.yellow(`~ ${field}: ${show(before)} → ${show(after)}`);
  });
  return `    ${plugin}\n${lines.map((line) => `      ${line}\n`).join('')}`;
}

function show(value: Json | undefined): string {
  return printableLine(JSON.stringify(value));
}

function validation({ verdict: { validationErrors } }: PodAdmission, paint: Paint): string {
  if (validationErrors.length === 0) return '';
  const lines = validationErrors.map(({ message }) => `    ${paint.red(printableLine(message))}\n`).join('');
  return `  ${paint.bold('invalid')}\n${lines}`;
}

function quotaLines({ quota }: PodAdmission, paint: Paint): string {
  if (quota === undefined) return '';
  const { admitted, wanted, rejection } = quota;
  const refusal = rejection === undefined ? '' : `: ${printableLine(rejection.message)}`;
  const because = (rejection?.because ?? []).map((reason) => `    ${reasonLine(reason, paint)}\n`).join('');
  return `  ${paint.bold('quota')} admits ${admitted} of ${wanted} beside what comes before it${refusal}\n${because}`;
}

function startLines({ start, source }: PodAdmission, paint: Paint): string {
  if (start === undefined) return '';
  const lines = start.containers.map(({ container, decision, message, user, image, path }) => {
    const who = user === '' ? '' : `, ${printableLine(user)}`;
    const place = paint.dim(reasonPlace(source.placeOf(path)));
    const title = `    ${printableLine(container)}${who}`;
    if (decision === 'starts') return `${title}: ${paint.green('starts')}\n`;
    if (decision === 'fails') return `${title}: ${paint.red(`will not start: ${printableLine(message)}`)} ${place}\n`;
    const open = `starts unless \`${printableLine(image)}\` runs as root or as a user without a number`;
    return `${title}: ${paint.yellow(open)} ${place}\n`;
  });
  return `  ${paint.bold('the kubelet')}\n${lines.join('')}`;
}

/** Webhooks and the like are asked too, and no manifest tells what they answer. */
function unjudged({ verdict: { notJudged } }: PodAdmission, { dim }: Paint): string {
  const open = notJudged.filter((name) => name.endsWith('Webhook') || name.endsWith('AdmissionPolicy'));
  return open.length === 0 ? '' : `  ${dim(`not asked here: ${open.join(', ')}`)}\n`;
}

function assumptions({ assumptions: all, start }: PodAdmission, paint: Paint): string {
  const ofImages = new Set(start?.assumptions);
  const text = assumptionLines(
    all.filter((each) => !ofImages.has(each)),
    paint,
  );
  return text === '' ? '' : `  ${paint.bold('taken for granted')}\n${text.replaceAll(/^/gm, '  ').trimEnd()}\n`;
}
