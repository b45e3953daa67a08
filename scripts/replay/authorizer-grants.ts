import { compareBytes } from '../../src/lang/byte-order.ts';
import type { Authorize, AuthorizerAnswer, AuthorizerQuestion } from '../../src/lang/cel/library/authorizer.ts';
import { isLabelName, isLabelValue } from '../../src/lang/label-selector.ts';

/** A line of the oracle's authorizer: what is absent or `*` matches all. */
export interface Grant {
  readonly user?: string;
  readonly userGroup?: string;
  readonly verb?: string;
  readonly group?: string;
  readonly resource?: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly path?: string;
  readonly fieldSelector?: string;
  readonly labelSelector?: string;
  readonly decision?: 'allow' | 'deny' | 'error';
  readonly reason?: string;
}

/** The oracle's authorizer: the first line that matches decides, none has no opinion. */
export function authorizerOf(grants: readonly Grant[]): Authorize {
  return (question) => {
    const grant = grants.find((each) => matches(each, question));
    if (grant === undefined) return { allowed: false, reason: '' };
    return answerOf(grant);
  };
}

function answerOf({ decision = 'allow', reason = '' }: Grant): AuthorizerAnswer {
  return decision === 'error'
    ? { allowed: false, reason: '', error: reason }
    : { allowed: decision === 'allow', reason };
}

function matches(grant: Grant, question: AuthorizerQuestion): boolean {
  const is = (wanted: string | undefined, got: string): boolean =>
    wanted === undefined || wanted === '*' || wanted === got;
  const { user, verb } = question;
  if (!is(grant.user, user.name) || !is(grant.verb, verb)) return false;
  if (grant.userGroup !== undefined && !user.groups.includes(grant.userGroup)) return false;
  if ('path' in question)
    return grant.resource === undefined && grant.path !== undefined && is(grant.path, question.path);
  return (
    grant.path === undefined &&
    (['group', 'resource', 'subresource', 'namespace', 'name'] as const).every((field) =>
      is(grant[field], question[field]),
    ) &&
    is(grant.fieldSelector, fieldText(question.fieldSelector)) &&
    is(grant.labelSelector, labelText(question.labelSelector))
  );
}

/** A field selector as it is written back after parsing. */
function fieldText(selector: string): string {
  const terms = (selector.match(/(?:\\.|[^,\\])+/g) ?? []).sort(compareBytes);
  return terms.map(termText).join(',');
}

function termText(term: string): string {
  const [operator = '='] = /!=|==|=/.exec(term) ?? [];
  const at = term.indexOf(operator);
  const value = term.slice(at + operator.length).replace(/\\(.)/g, '$1');
  return `${term.slice(0, at)}${operator === '!=' ? '!=' : '='}${value}`;
}

/** A label selector as it is written back after parsing; undefined parts are errors, which no line names. */
function labelText(selector: string): string {
  const requirements = selector.match(/(?:\([^)]*\)|[^,(])+/g) ?? [];
  const parsed = requirements.map((requirement) => requirementOf(requirement.trim()));
  if (parsed.some((each) => each === undefined)) return 'error';
  return parsed
    .flatMap((each) => (each === undefined ? [] : [each]))
    .sort((a, b) => compareBytes(a.key, b.key))
    .map(({ text }) => text)
    .join(',');
}

function requirementOf(text: string): { readonly key: string; readonly text: string } | undefined {
  const [, not = '', key = '', set, list = '', operator = '', value = ''] =
    /^(!?)\s*([^\s=!<>()]+)\s*(?:(in|notin)\s*\(([^)]*)\)|(==|[=><]|!=)\s*([^\s=!<>()]*))?$/.exec(text) ?? [];
  if (!isLabelName(key)) return undefined;
  if (set !== undefined) {
    const values = [...new Set(list.split(',').map((each) => each.trim()))].sort(compareBytes);
    return values.every(isLabelValue) ? { key, text: `${key} ${set} (${values.join(',')})` } : undefined;
  }
  return isLabelValue(value) ? { key, text: `${not}${key}${operator}${value}` } : undefined;
}
