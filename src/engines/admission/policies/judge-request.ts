import { NULL, STRING } from '../../../lang/cel/types/cel-type.ts';
import { typeOf, type Value } from '../../../lang/cel/values/value.ts';
import { goTrim } from '../../../lang/go-trim.ts';
import type { PolicyValidation } from '../../../model/kinds/admission-policy.ts';
import { aggregateMessages } from '../../../cluster/index/field-error.ts';
import type { FieldPath } from '../../../text/tree.ts';
import type { CompiledPolicy } from './compile-policy.ts';
import { evaluateExpressions, type Outcome, type Outcomes } from './evaluate-expressions.ts';
import type { PolicyInputs } from './policy-inputs.ts';

/** What one validation came to. */
export interface Decision {
  readonly isDenied: boolean;
  /** Why it is denied, or the error that failurePolicy Ignore forgives; '' for what passes. */
  readonly message: string;
  /** '' for errors. */
  readonly reason: string;
  /** What decided, in the spec of the policy. */
  readonly path: FieldPath;
}

/** An audit annotation to publish, or an error that denies. */
export type AnnotationDecision =
  { readonly key: string; readonly value: string } | { readonly error: string; readonly path: FieldPath };

/** What a policy makes of a request with one parameter. */
export interface PolicyJudgement {
  readonly decisions: readonly Decision[];
  readonly annotations: readonly AnnotationDecision[];
}

const NOTHING: PolicyJudgement = { decisions: [], annotations: [] };
/** Limits of the apiserver's pkg/apis/cel/config.go. */
const BUDGET = 10_000_000;
const CONDITIONS_BUDGET = 2_500_000;
const LONGEST_MESSAGE = 5 * 1024;
const LONGEST_ANNOTATION = 10 * 1024;

/** Evaluates a policy. Mirrors Validate of the apiserver's plugin/policy/validating/validator.go. */
export function judgeRequest(compiled: CompiledPolicy, inputs: PolicyInputs): PolicyJudgement {
  const { policy, variables } = compiled;
  const isForgiving = policy.failurePolicy === 'Ignore';
  const failed = (message: string, path: FieldPath): Decision => ({
    isDenied: !isForgiving,
    message,
    reason: '',
    path,
  });
  const condition = meetsConditions(compiled, inputs);
  if (condition === false) return NOTHING;
  if (condition !== true)
    return { decisions: [failed(condition.error, ['matchConditions', condition.index])], annotations: [] };
  const results = evaluateExpressions(compiled.validations, inputs.forValidations, variables, BUDGET);
  if ('error' in results) return { decisions: [failed(results.error, ['validations'])], annotations: [] };
  const isPlain = compiled.messages.length === 0 && compiled.auditAnnotations.length === 0;
  if (
    isPlain &&
    results.outcomes.every((outcome) => outcome !== undefined && 'value' in outcome && outcome.value === true)
  )
    return NOTHING;
  const messages = evaluateExpressions(compiled.messages, inputs.forMessages, variables, results.left);
  const decisions = results.outcomes.map((outcome, index): Decision => {
    const path = ['validations', index, 'expression'];
    if (outcome === undefined || 'error' in outcome) return failed(outcome?.error ?? '', path);
    if ('error' in messages)
      return failed(`failed messageExpression: ${messages.error}`, ['validations', index, 'messageExpression']);
    const validation = policy.validations[index];
    if (outcome.value === true || validation === undefined) return { isDenied: false, message: '', reason: '', path };
    return {
      isDenied: true,
      message: messageOf(validation, messages.outcomes[index]),
      reason: validation.reason ?? 'Invalid',
      path,
    };
  });
  const annotations = evaluateExpressions(compiled.auditAnnotations, inputs.forMessages, variables, BUDGET);
  if ('error' in annotations) return { decisions: [failed(annotations.error, ['auditAnnotations'])], annotations: [] };
  return { decisions, annotations: annotationsOf(compiled, annotations.outcomes, isForgiving) };
}

/** Whether all conditions are met, or the errors and which condition gave the first. Mirrors the apiserver's admission/plugin/webhook/matchconditions. */
function meetsConditions(
  { policy, matchConditions, variables }: CompiledPolicy,
  inputs: PolicyInputs,
): boolean | { readonly error: string; readonly index: number } {
  if (matchConditions.length === 0) return true;
  const results: Outcomes = evaluateExpressions(matchConditions, inputs.forConditions, variables, CONDITIONS_BUDGET);
  const errors: string[] = [];
  let first: number | undefined;
  for (const [index, outcome] of ('error' in results ? [results] : results.outcomes).entries()) {
    if (outcome === undefined) continue;
    if ('error' in outcome) {
      errors.push(outcome.error);
      first ??= index;
    } else if (outcome.value === false) return false;
  }
  if (first === undefined) return true;
  if (policy.failurePolicy === 'Fail') return { error: aggregateMessages(errors), index: first };
  return policy.failurePolicy !== 'Ignore';
}

function messageOf({ message, expression }: PolicyValidation, outcome: Outcome | undefined): string {
  const computed = outcome !== undefined && 'value' in outcome ? usableMessage(outcome.value) : '';
  if (computed !== '') return computed;
  const fixed = goTrim(message);
  return fixed === '' ? `failed expression: ${goTrim(expression)}` : fixed;
}

function usableMessage(value: Value): string {
  const text = typeof value === 'string' ? goTrim(value) : '';
  return byteLength(text) > LONGEST_MESSAGE || text.includes('\n') ? '' : text;
}

function annotationsOf(
  { policy, auditAnnotations }: CompiledPolicy,
  outcomes: readonly (Outcome | undefined)[],
  isForgiving: boolean,
): AnnotationDecision[] {
  return outcomes.flatMap((outcome, index): AnnotationDecision[] => {
    if (outcome === undefined) return [];
    const path = ['auditAnnotations', index, 'valueExpression'];
    if ('error' in outcome) return isForgiving ? [] : [{ error: outcome.error, path }];
    const { value } = outcome;
    if (typeof value === 'string') {
      const trimmed = cut(goTrim(value));
      return trimmed === '' ? [] : [{ key: policy.auditAnnotations[index]?.name ?? '', value: trimmed }];
    }
    if (value === null) return [];
    const expression = auditAnnotations[index]?.text ?? '';
    const type = typeOf(value).name;
    const error = `valueExpression '${expression}' resulted in unsupported return type: ${type}. Return type must be either ${STRING.name} or ${NULL.kind}.`;
    return [{ error, path }];
  });
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** A value no longer than annotations may be. */
function cut(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return bytes.length <= LONGEST_ANNOTATION ? text : new TextDecoder().decode(bytes.subarray(0, LONGEST_ANNOTATION));
}
