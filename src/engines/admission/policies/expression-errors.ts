import { internalField, invalidField, type FieldError } from '../../../cluster/index/field-error.ts';
import type { CelEnvironment } from '../../../lang/cel/check/environment.ts';
import { BOOL, type CelType, NULL, STRING } from '../../../lang/cel/types/cel-type.ts';
import { goTrim } from '../../../lang/go-trim.ts';
import type { AdmissionPolicy } from '../../../model/kinds/admission-policy.ts';
import type { FieldPath } from '../../../text/tree.ts';
import { type Declared, PolicyCompiler, type PolicyExpression } from './policy-expressions.ts';

/**
 * What the server refuses of the expressions of a policy when it is written, in its order; all else is the validation of objects. `base` is the
 * environment for new expressions: that of the minor before the server's. Mirrors pkg/apis/admissionregistration/validation, v1.37.
 */
export function expressionErrors(policy: AdmissionPolicy, base: CelEnvironment): FieldError[] {
  const { matchConditions, variables, validations, auditAnnotations } = policy;
  // Conditions see no variables when they are written, though they do when they are stored.
  const alone = new PolicyCompiler(base, false);
  const compiler = variables.length > 0 ? new PolicyCompiler(base, true) : alone;
  const all: Declared = { params: policy.paramKind !== undefined, authorizer: true };
  const fixed = { ...all, authorizer: false };
  const errors: FieldError[] = [];
  const check = (text: string, path: FieldPath, compile: (text: string) => PolicyExpression): void => {
    if (goTrim(text) !== '') errors.push(...errorsOf(compile(text), text, ['spec', ...path]));
  };
  const typed =
    (types: readonly CelType[], declared = all) =>
    (text: string): PolicyExpression =>
      compiler.compile(text, types, declared);
  for (const [index, { expression }] of matchConditions.entries())
    check(goTrim(expression), ['matchConditions', index, 'expression'], (text) => alone.compile(text, [BOOL], all));
  for (const [index, { name, expression }] of variables.entries())
    check(expression, ['variables', index, 'expression'], (text) => compiler.compileVariable(name, text, all));
  for (const [index, { expression, messageExpression }] of validations.entries()) {
    const path = ['validations', index];
    check(expression, [...path, 'expression'], typed([BOOL]));
    check(messageExpression, [...path, 'messageExpression'], typed([STRING], fixed));
  }
  for (const [index, { expression }] of auditAnnotations.entries())
    check(goTrim(expression), ['auditAnnotations', index, 'valueExpression'], typed([STRING, NULL]));
  return errors;
}

function errorsOf({ error, isInternal = false }: PolicyExpression, text: string, path: FieldPath): FieldError[] {
  if (error === undefined) return [];
  return [isInternal ? internalField(path, error) : invalidField(path, text, error)];
}
