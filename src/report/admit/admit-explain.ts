import type { ExplainedAdmissionValue, GateValue } from '../../ask/pods/admit.ts';
import type { FieldChange } from '../../ask/pods/json-diff.ts';
import type { Paint } from '../paint.ts';
import { printableLine } from '../printable.ts';
import { saidLine, saidPlace } from '../reasons.ts';
import { assumptionLines } from '../assumption-lines.ts';
import { admissionTone } from './admit-tone.ts';

/** The whole way of a pod: every gate in the server's order with what it changed or said, then the quotas, then the kubelet. */
export function renderAdmissionWalk(pod: ExplainedAdmissionValue, paint: Paint): string {
  const { createdBy, because, gates: passes } = pod;
  const title = `${paint.bold(printableLine(pod.title))} ${paint.dim(saidPlace(pod.at))}\n`;
  const who = createdBy.name === '' ? `any user in ${createdBy.groups.join(', ')}` : createdBy.name;
  return [
    title,
    `  ${outcome(pod, paint)}\n`,
    because.map((reason) => `    ${saidLine(reason, paint)}\n`).join(''),
    `  created by ${printableLine(who)} ${paint.dim(`(${printableLine(createdBy.origin)})`)}\n`,
    gates('changed by', 'admit', passes, paint),
    gates('validated by', 'validate', passes, paint),
    validation(pod, paint),
    warnings(pod, paint),
    quotaLines(pod, paint),
    startLines(pod, paint),
    others(pod, paint),
    assumptions(pod, paint),
  ].join('');
}

function outcome(pod: ExplainedAdmissionValue, { green, red, yellow }: Paint): string {
  const tone = admissionTone(pod);
  const paint = tone === 'good' ? green : tone === 'bad' ? red : yellow;
  return paint(printableLine(pod.outcome));
}

function gates(title: string, phase: GateValue['phase'], all: readonly GateValue[], paint: Paint): string {
  const own = all.filter((gate) => gate.phase === phase);
  const quiet = own.filter(({ message, changes }) => message === undefined && changes.length === 0);
  const lines = own.filter((gate) => !quiet.includes(gate)).map((gate) => gateLines(gate, paint));
  const silent = phase === 'validate' && quiet.length > 0 ? `    ${paint.dim(`no objection: ${names(quiet)}`)}\n` : '';
  if (lines.length === 0 && silent === '') return '';
  return `  ${paint.bold(title)}\n${lines.join('')}${silent}`;
}

function names(list: readonly GateValue[]): string {
  return list.map(({ plugin }) => plugin).join(', ');
}

function gateLines({ plugin, message, because = [], changes }: GateValue, paint: Paint): string {
  if (message !== undefined) {
    const reasons = because.map((reason) => `      ${saidLine(reason, paint)}\n`).join('');
    return `    ${paint.red(plugin)}: ${printableLine(message)}\n${reasons}`;
  }
  const lines = changes.map(({ path, before, after }) => {
    const field = printableLine(path);
    if (before === undefined) return paint.green(`+ ${field}: ${show(after)}`);
    if (after === undefined) return paint.red(`- ${field}: ${show(before)}`);
    return paint.yellow(`~ ${field}: ${show(before)} → ${show(after)}`);
  });
  return `    ${plugin}\n${lines.map((line) => `      ${line}\n`).join('')}`;
}

function show(value: FieldChange['before']): string {
  return printableLine(JSON.stringify(value));
}

function validation({ validationErrors }: ExplainedAdmissionValue, paint: Paint): string {
  if (validationErrors.length === 0) return '';
  const lines = validationErrors.map((message) => `    ${paint.red(printableLine(message))}\n`).join('');
  return `  ${paint.bold('invalid')}\n${lines}`;
}

function warnings({ warnings: all }: ExplainedAdmissionValue, paint: Paint): string {
  if (all.length === 0) return '';
  const lines = all.map((message) => `    ${paint.yellow(printableLine(message))}\n`).join('');
  return `  ${paint.bold('warnings')}\n${lines}`;
}

function quotaLines({ quota }: ExplainedAdmissionValue, paint: Paint): string {
  if (quota === undefined) return '';
  const { admitted, wanted, message } = quota;
  const refusal = message === '' ? '' : `: ${printableLine(message)}`;
  const because = quota.because.map((reason) => `    ${saidLine(reason, paint)}\n`).join('');
  return `  ${paint.bold('quota')} admits ${admitted} of ${wanted} after the objects before it${refusal}\n${because}`;
}

function startLines({ kubelet }: ExplainedAdmissionValue, paint: Paint): string {
  if (kubelet === undefined) return '';
  const lines = kubelet.containers.map(({ container, decision, message, user, image, at }) => {
    const who = user === '' ? '' : `, ${printableLine(user)}`;
    const place = paint.dim(saidPlace(at));
    const title = `    ${printableLine(container)}${who}`;
    if (decision === 'starts') return `${title}: ${paint.green('starts')}\n`;
    if (decision === 'fails') return `${title}: ${paint.red(`will not start: ${printableLine(message)}`)} ${place}\n`;
    const open = `starts unless \`${printableLine(image)}\` runs as root or as a non-numeric user`;
    return `${title}: ${paint.yellow(open)} ${place}\n`;
  });
  return `  ${paint.bold('the kubelet')}\n${lines.join('')}`;
}

/** Webhooks and the like are asked too, and no manifest tells what they answer. */
function others({ othersDecide }: ExplainedAdmissionValue, paint: Paint): string {
  if (othersDecide.length === 0) return '';
  const lines = othersDecide.map(({ title, certain, at }) => {
    const maybe = certain ? '' : paint.dim(' (perhaps)');
    return `    ${paint.yellow(printableLine(title))}${maybe} ${paint.dim(saidPlace(at))}\n`;
  });
  return `  ${paint.bold('also asked')}\n${lines.join('')}`;
}

function assumptions({ assumptions: all }: ExplainedAdmissionValue, paint: Paint): string {
  const text = assumptionLines(
    all.filter((each) => each.of === 'admission'),
    paint,
  );
  return text === '' ? '' : `  ${paint.bold('assumed')}\n${text.replaceAll(/^/gm, '  ').trimEnd()}\n`;
}
