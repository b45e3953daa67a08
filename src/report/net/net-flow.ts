import type { FlowsValue, FlowValue, StepValue } from '../../ask/net/flow.ts';
import type { RefusedValue } from '../../ask/net/refused.ts';
import type { Paint } from '../paint.ts';
import { printableLine } from '../printable.ts';
import { saidLine, saidPlace } from '../reasons.ts';
import { packetWords } from './packet-value-words.ts';

/** Flows with who decided them; where the steps were asked for, with the whole walk. */
export function renderFlows({ flows }: FlowsValue, paint: Paint): string {
  return flows.map((flow) => renderFlow(flow, paint)).join('');
}

/** One line for a refused object. */
export function refusedLine(refused: RefusedValue): string {
  const { kind, namespace, name, sentence } = refused;
  const shown = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  return printableLine(`${saidPlace(refused)} ${shown} is refused: ${sentence}`);
}

const words: Readonly<Record<FlowValue['decision'], string>> = { allow: 'allowed', deny: 'denied', unknown: 'unknown' };

function renderFlow(flow: FlowValue, paint: Paint): string {
  const { from, to, decision, message, because, steps = [], assumptions } = flow;
  const colour = decision === 'allow' ? paint.green : decision === 'deny' ? paint.red : paint.yellow;
  let text = `${colour(words[decision])} ${printableLine(`${from} → ${to}`)} ${packetWords(flow)}\n`;
  if (message !== undefined) text += `  ${message}\n`;
  if (because.length === 0 && message === undefined) text += '  neither end is a pod that policies apply to\n';
  for (const reason of because) text += `  ${saidLine(reason, paint)}\n`;
  for (const { sentence, decide } of assumptions) {
    text += `  ${paint.yellow(printableLine(sentence))}\n    ${paint.dim(`hint: ${printableLine(decide)}`)}\n`;
  }
  return text + steps.map((step) => stepLines(step, 1, paint)).join('');
}

function stepLines({ sentence, outcome, at, steps = [] }: StepValue, depth: number, paint: Paint): string {
  const colour =
    outcome === 'passed' ? paint.green : outcome === 'failed' ? paint.red : outcome === 'skipped' ? paint.dim : String;
  const place = at?.start === undefined ? '' : ` ${paint.dim(saidPlace(at))}`;
  const line = `${'  '.repeat(depth)}${colour(printableLine(sentence))}${place}\n`;
  return line + steps.map((step) => stepLines(step, depth + 1, paint)).join('');
}
