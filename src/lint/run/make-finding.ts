import type { Reason, Step } from '../../engines/verdict.ts';
import { lineColumn } from '../../text/position.ts';
import { formatFieldPath } from '../../text/tree.ts';
import type { Doubt } from './doubter.ts';
import { findingId } from '../finding/finding-id.ts';
import type { FindingStep, RelatedLocation, Severity, Softening } from '../finding/finding.ts';
import type { Draft } from './order-findings.ts';
import { fillMessage, messageText } from '../finding/message.ts';
import { resolvePlace, type ResolvedPlace } from '../finding/place.ts';
import type { Found, Rule, SaidWords } from '../rule/definition.ts';

/** What makes a finding of a find. */
export interface FindInRun {
  readonly rule: Rule;
  /** The level that the configuration sets for the rule; it overrules the message's own and every doubt. */
  readonly level: Severity | undefined;
  readonly cluster: string;
  readonly found: Found;
  readonly words: SaidWords;
  /** What puts the find in doubt most. */
  readonly doubt: Doubt | undefined;
}

/** The finding of a find, its identity aside. */
export function makeFinding({ rule, level, cluster, found, words, doubt }: FindInRun): Draft {
  const message = rule.messages[found.is];
  if (message === undefined) throw new Error(`${rule.id} has no message \`${found.is}\``);
  const where = resolvePlace(found.at);
  const { because = [], beside = [], steps = [] } = found;
  const own = typeof message === 'string' ? rule.severity : message.level;
  const settled = settle(level, own, doubt);
  const hint = hintOf(words.hint, settled.softened === undefined && level === undefined ? undefined : doubt);
  return {
    baseId: baseId(rule.id, cluster, where, found.is),
    rule: rule.id,
    ...settled,
    messageKey: found.is,
    message: fillMessage(messageText(message), words),
    file: where.file,
    span: where.span,
    ...(where.object === undefined ? {} : { object: where.object }),
    path: where.path,
    ...(where.isOfCluster === true ? { isOfCluster: true } : {}),
    related: [...related(because), ...beside],
    ...(hint === undefined ? {} : { hint }),
    cluster,
    steps: [...because.flatMap(implicitStep), ...steps.map(findingStep)],
  };
}

function settle(
  level: Severity | undefined,
  own: Severity,
  doubt: Doubt | undefined,
): { readonly severity: Severity; readonly softened?: Softening } {
  if (level !== undefined) return { severity: level };
  if (doubt === undefined) return { severity: own };
  const severity = lower(own, doubt.level === 'one-lower' ? oneLower(own) : doubt.level);
  return severity === own ? { severity } : { severity, softened: { from: own, because: doubt.because } };
}

const LOUDNESS: readonly Severity[] = ['info', 'warning', 'error'];

function lower(severity: Severity, other: Severity): Severity {
  return LOUDNESS.indexOf(other) < LOUDNESS.indexOf(severity) ? other : severity;
}

function oneLower(severity: Severity): Severity {
  return severity === 'error' ? 'warning' : 'info';
}

/** The rule's own hint, and what would settle the doubt. */
function hintOf(hint: string | undefined, doubt: Doubt | undefined): string | undefined {
  if (doubt === undefined) return hint;
  const sentence = doubt.decide === '' ? doubt.because : `${doubt.because}: ${doubt.decide}`;
  if (hint === undefined || sentence.includes(hint)) return sentence;
  return hint.includes(sentence) ? hint : `${hint}; ${sentence}`;
}

/** The identity of a finding without what tells equal ones apart. */
export function baseId(
  rule: string,
  cluster: string,
  { object, path, name, file, isOfCluster = false }: ResolvedPlace,
  messageKey: string,
): string {
  // A cluster stays what it is, whichever file comes first.
  const place = isOfCluster ? '' : `${object === undefined ? file.path : formatFieldPath(path)} ${name}`;
  return findingId({
    rule,
    cluster,
    group: object?.group ?? '',
    kind: object?.kind ?? '',
    namespace: object?.namespace ?? '',
    name: object === undefined ? '' : object.name === '' ? object.generateName : object.name,
    place,
    messageKey,
  });
}

function related(because: readonly Reason[]): RelatedLocation[] {
  const locations: RelatedLocation[] = [];
  for (const { object, path, sentence } of because) {
    if ('implicit' in object) continue;
    const { file, span } = resolvePlace(path.length === 0 ? object : { object, path });
    locations.push({ file, span, message: sentence });
  }
  return locations;
}

/** An object without a manifest has no place to relate to, yet it decided; it opens the walk. */
function implicitStep({ object, sentence }: Reason): FindingStep[] {
  if (!('implicit' in object)) return [];
  const { kind, namespace, name, origin } = object;
  const sentenceOf = `${kind} \`${name}\` (${origin}): ${sentence}`;
  return [{ sentence: sentenceOf, outcome: 'noted', object: { kind, namespace, name } }];
}

function findingStep({ sentence, outcome, object, path = [], steps = [] }: Step): FindingStep {
  return {
    sentence,
    outcome,
    ...(object === undefined ? {} : stepPlace(object, path)),
    ...(steps.length === 0 ? {} : { steps: steps.map(findingStep) }),
  };
}

function stepPlace(
  object: NonNullable<Step['object']>,
  path: NonNullable<Step['path']>,
): Omit<FindingStep, 'sentence' | 'outcome'> {
  const { kind, namespace, name } = object;
  const named = { object: { kind, namespace, name }, ...(path.length === 0 ? {} : { path: formatFieldPath(path) }) };
  if ('implicit' in object) return named;
  const { file, span } = resolvePlace(path.length === 0 ? object : { object, path });
  return { ...named, file: file.path, ...lineColumn(file, span.start) };
}
