import type { CelEnvironment } from '../../../lang/cel/check/environment.ts';
import { BOOL, NULL, STRING } from '../../../lang/cel/types/cel-type.ts';
import type { AdmissionPolicy } from '../../../model/kinds/admission-policy.ts';
import { PolicyCompiler, type PolicyExpression } from './policy-expressions.ts';

/** A policy that can be asked. */
export interface CompiledPolicy {
  readonly policy: AdmissionPolicy;
  readonly variables: ReadonlyMap<string, PolicyExpression>;
  readonly matchConditions: readonly PolicyExpression[];
  readonly validations: readonly PolicyExpression[];
  /** One for each validation, undefined where that has a fixed message; none where all have. */
  readonly messages: readonly (PolicyExpression | undefined)[];
  readonly auditAnnotations: readonly PolicyExpression[];
}

/** Compiles a policy as it is stored; what does not compile is an error when it is evaluated. Mirrors compilePolicy of the apiserver's plugin/policy/validating. */
export function compilePolicy(policy: AdmissionPolicy, base: CelEnvironment): CompiledPolicy {
  const compiler = new PolicyCompiler(base, true);
  const params = policy.paramKind !== undefined;
  const all = { params, authorizer: true };
  const variables = new Map<string, PolicyExpression>();
  for (const { name, expression } of policy.variables)
    variables.set(name, compiler.compileVariable(name, expression, all));
  return {
    policy,
    variables,
    matchConditions: policy.matchConditions.map(({ expression }) => compiler.compile(expression, [BOOL], all)),
    validations: policy.validations.map(({ expression }) => compiler.compile(expression, [BOOL], all)),
    messages: policy.validations.every(({ messageExpression }) => messageExpression === '')
      ? []
      : policy.validations.map(({ messageExpression }) =>
          messageExpression === ''
            ? undefined
            : compiler.compile(messageExpression, [STRING], { params, authorizer: false }),
        ),
    auditAnnotations: policy.auditAnnotations.map(({ expression }) =>
      compiler.compile(expression, [STRING, NULL], all),
    ),
  };
}
