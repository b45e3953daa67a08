import { isLabelName, isLabelValue, labelSelectorMatches, type LabelSelectorRequirement } from './label-selector.ts';

/** A label selector written in one line, as kubectl takes it: `app=web,tier in (a, b),!old`. */
export interface LabelQuery {
  readonly matches: (labels: ReadonlyMap<string, string>) => boolean;
}

interface Requirement extends LabelSelectorRequirement {
  /** For `>` and `<`, the number on the right. */
  readonly bound?: bigint;
}

const TOKENS = /\s*(==|!=|[=!(),<>]|[^\s=!(),<>]+)\s*/gy;

/** Reads a selector in one line, or says what is wrong with it (mirrors k8s.io/apimachinery, pkg/labels, `Parse`). */
export function parseLabelQuery(text: string): LabelQuery | { readonly error: string } {
  const tokens: string[] = Array.from(text.matchAll(TOKENS), ([, token = '']) => token);
  const requirements: Requirement[] = [];
  let at = 0;
  while (at < tokens.length) {
    const first = tokens[at] ?? '';
    if (first !== '!' && !isWord(first))
      return { error: `found '${first}', expected: !, identifier, or 'end of string'` };
    const end = endOfRequirement(tokens, at);
    const requirement = readRequirement(tokens.slice(at, end));
    if (requirement === undefined) return { error: `unable to parse requirement: ${tokens.slice(at, end).join(' ')}` };
    requirements.push(requirement);
    at = end;
    if (at === tokens.length) break;
    if (tokens[at] !== ',') return { error: `found '${tokens[at] ?? ''}', expected: ',' or 'end of string'` };
    at++;
    const next = tokens[at] ?? '';
    if (next !== '!' && !isWord(next)) return { error: `found '${next}', expected: identifier after ','` };
  }
  return { matches: (labels) => requirements.every((requirement) => requirementMatches(requirement, labels)) };
}

function isWord(token: string): boolean {
  return token !== '' && !/^[=!(),<>]/.test(token);
}

/** Where the requirement at `at` ends: a comma in parentheses does not end it. */
function endOfRequirement(tokens: readonly string[], at: number): number {
  let end = at;
  let isOpen = false;
  while (end < tokens.length && (isOpen || tokens[end] !== ',')) {
    if (tokens[end] === '(') isOpen = true;
    if (tokens[end] === ')') isOpen = false;
    end++;
  }
  return end;
}

function readRequirement(tokens: readonly string[]): Requirement | undefined {
  const [first = '', second = '', ...rest] = tokens;
  if (first === '!') return rest.length === 0 ? checked({ key: second, operator: 'DoesNotExist' }) : undefined;
  if (second === '') return checked({ key: first, operator: 'Exists' });
  if (second === '=' || second === '==')
    return rest.length > 1 ? undefined : checked({ key: first, operator: 'In', values: [rest[0] ?? ''] });
  if (second === '!=')
    return rest.length > 1 ? undefined : checked({ key: first, operator: 'NotIn', values: [rest[0] ?? ''] });
  if (second === '>' || second === '<') {
    const [value = ''] = rest;
    if (rest.length !== 1 || !/^[-+]?\d+$/.test(value)) return undefined;
    return checked({ key: first, operator: second, values: [value], bound: BigInt(value.replace('+', '')) });
  }
  if (second !== 'in' && second !== 'notin') return undefined;
  if (rest[0] !== '(' || rest.at(-1) !== ')') return undefined;
  const values: string[] = [];
  let wantsValue = true;
  for (const token of rest.slice(1, -1)) {
    if (token === ',') {
      if (wantsValue) values.push('');
      wantsValue = true;
    } else if (wantsValue && isWord(token)) {
      values.push(token);
      wantsValue = false;
    } else return undefined;
  }
  if (wantsValue) values.push('');
  return checked({ key: first, operator: second === 'in' ? 'In' : 'NotIn', values });
}

function checked(requirement: Requirement): Requirement | undefined {
  const { key = '', values = [] } = requirement;
  return isLabelName(key) && values.every(isLabelValue) ? requirement : undefined;
}

function requirementMatches(requirement: Requirement, labels: ReadonlyMap<string, string>): boolean {
  const { key = '', operator, bound } = requirement;
  if (bound === undefined) return labelSelectorMatches({ matchExpressions: [requirement] }, labels);
  const value = labels.get(key) ?? '';
  if (!/^[-+]?\d+$/.test(value)) return false;
  const number = BigInt(value.replace('+', ''));
  return operator === '>' ? number > bound : number < bound;
}
