import type { Step } from '../../engines/verdict.ts';
import type { FlowAnswer } from '../../engines/net/ask/flow-verdict.ts';
import type { FlowDecision } from '../../engines/net/form/packet.ts';
import type { NetworkProblem } from '../../engines/net/model/network-of.ts';
import type { Paint } from '../paint.ts';
import { packetWords } from './net-traffic.ts';
import { flowValue } from './net-flow-value.ts';
import { printableLine } from '../printable.ts';
import { reasonLine, reasonPlace, reasonValue } from '../reasons.ts';

/** Flows with who decided them; where the steps were asked for, with the whole walk. */
export function renderFlows(answers: readonly FlowAnswer[], paint: Paint): string {
  return answers.map((answer) => renderFlow(answer, paint)).join('');
}

/** The same as JSON, with what was refused on the way. */
export function renderFlowsJson(answers: readonly FlowAnswer[], problems: readonly NetworkProblem[]): string {
  const flows = answers.map(flowValue);
  return `${JSON.stringify({ version: 1, flows, refused: problems.map(problemValue) }, null, 2)}\n`;
}

/** A refused object as reports of a machine hold it. */
export function problemValue({ object, path, by, message }: NetworkProblem) {
  return { ...reasonValue({ object, path, sentence: message }), by };
}

/** One line for a refused object. */
export function problemLine({ object, path, message }: NetworkProblem): string {
  const name = `${object.kind} ${object.namespace === '' ? '' : `${object.namespace}/`}${object.name}`;
  return printableLine(`${reasonPlace({ object, path })} ${name} is refused: ${message}`);
}

const words: Readonly<Record<FlowDecision, string>> = { allow: 'allowed', deny: 'denied', unknown: 'unknown' };

function renderFlow({ question, decision, message, because, steps, assumptions }: FlowAnswer, paint: Paint): string {
  const { from, to } = question;
  const colour = decision === 'allow' ? paint.green : decision === 'deny' ? paint.red : paint.yellow;
  let text = `${colour(words[decision])} ${printableLine(`${from.name} → ${to.name}`)} ${packetWords(question)}\n`;
  if (message !== '') text += `  ${message}\n`;
  if (because.length === 0 && message === '') text += '  no end is a pod that policies act on\n';
  for (const reason of because) text += `  ${reasonLine(reason, paint)}\n`;
  for (const { sentence, decide } of assumptions) {
    text += `  ${paint.yellow(printableLine(sentence))}\n    ${paint.dim(`to settle it: ${printableLine(decide)}`)}\n`;
  }
  return text + steps.map((step) => stepLines(step, 1, paint)).join('');
}

function stepLines({ sentence, outcome, object, path, steps = [] }: Step, depth: number, paint: Paint): string {
  const colour =
    outcome === 'passed' ? paint.green : outcome === 'failed' ? paint.red : outcome === 'skipped' ? paint.dim : String;
  const place =
    object === undefined || 'implicit' in object ? '' : ` ${paint.dim(reasonPlace({ object, path: path ?? [] }))}`;
  const line = `${'  '.repeat(depth)}${colour(printableLine(sentence))}${place}\n`;
  return line + steps.map((step) => stepLines(step, depth + 1, paint)).join('');
}
