import type { CelEnvironment } from '../check/environment.ts';
import { type CelProgram, type CompileFailure, compileCel } from '../compile.ts';
import { displayIssues } from '../syntax/source.ts';
import { BOOL, optionalType, STRING } from '../types/cel-type.ts';
import { type SchemaTypes } from './schema-types.ts';
import type { SchemaRule } from './structural-schema.ts';

/** A rule that can be asked; `error` where it cannot. */
export interface RuleProgram {
  readonly rule: SchemaRule;
  readonly program?: CelProgram;
  readonly error?: string;
  /** Undefined where there is none, or none that compiles. */
  readonly message?: CelProgram;
  /** Whether the rule looks at what the value was before. */
  readonly usesOldSelf: boolean;
}

/** Compiles a rule against the types of its node; undefined for an empty one. Mirrors compileRule of apiextensions pkg/apiserver/schema/cel. */
export function compileRule(rule: SchemaRule, types: SchemaTypes, base: CelEnvironment): RuleProgram | undefined {
  if (rule.rule.trim() === '') return undefined;
  const old = rule.optionalOldSelf ? optionalType(types.root) : types.root;
  const environment: CelEnvironment = {
    ...base,
    variables: new Map([
      ['self', types.root],
      ['oldSelf', old],
    ]),
    structs: (name) => types.fields(name) ?? base.structs(name),
  };
  const program = compileCel(rule.rule, environment);
  if ('phase' in program) return { rule, usesOldSelf: false, error: failureText(rule.rule, program) };
  if (program.type !== BOOL) return { rule, usesOldSelf: false, error: 'cel expression must evaluate to a bool' };
  const message = rule.messageExpression === '' ? undefined : compileCel(rule.messageExpression, environment);
  const isUsable = message !== undefined && !('phase' in message) && message.type === STRING;
  return { rule, program, usesOldSelf: program.variables.has('oldSelf'), ...(isUsable && { message }) };
}

function failureText(text: string, { phase, issues }: CompileFailure): string {
  return phase === 'program'
    ? `program instantiation failed: ${issues[0]?.message ?? ''}`
    : `compilation failed: ${displayIssues(text, issues)}`;
}
