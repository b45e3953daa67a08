import { type CelProgram, compileCel, CALL_LIMIT } from '../../src/lang/cel/compile.ts';
import { kubernetesEnvironment } from '../../src/lang/cel/kubernetes-environment.ts';
import { AUTHORIZER, AuthorizerValue } from '../../src/lang/cel/library/authorizer.ts';
import { displayIssues } from '../../src/lang/cel/syntax/source.ts';
import { DYN, typeText } from '../../src/lang/cel/types/cel-type.ts';
import { fromJson, type HostJson } from '../../src/lang/cel/values/json-values.ts';
import { typeOf } from '../../src/lang/cel/values/value.ts';
import { NEWEST_MINOR } from '../../src/model/versions.ts';
import { authorizerOf, type Grant } from './authorizer-grants.ts';
import { encodeValue, InnerError } from './cel-value.ts';
import { exactJson } from './exact-json.ts';
import { runtimeTimeZones } from './time-zones.ts';

interface Case {
  readonly id: string;
  readonly authorized?: readonly Grant[];
  readonly expressions?: readonly { readonly expression: string }[];
}

interface Question {
  readonly expression: string;
  readonly object?: HostJson;
  readonly vars?: Readonly<Record<string, HostJson>>;
}

const ALICE = { name: 'alice', groups: ['system:authenticated'] };

/** Answers a case of the `cel` suite: what each expression comes to, with the same variables as the oracle has. */
export function answer(input: Case, text: string): object {
  const { expressions = [] } = exactJson(text) as { readonly expressions?: readonly Question[] };
  const authorizer = new AuthorizerValue(ALICE, authorizerOf(input.authorized ?? []));
  return { id: input.id, expressions: expressions.map((question) => verdict(question, authorizer)) };
}

function verdict({ expression, object, vars = {} }: Question, authorizer: AuthorizerValue): object {
  const values = new Map<string, HostJson | undefined>([['object', object], ...Object.entries(vars)]);
  const variables = new Map([['authorizer', AUTHORIZER], ...[...values.keys()].map((name) => [name, DYN] as const)]);
  const environment = kubernetesEnvironment(NEWEST_MINOR, { variables, zones: runtimeTimeZones });
  const program = compileCel(expression, environment);
  if ('phase' in program) {
    const [first] = program.issues;
    const error = program.phase === 'compile' ? displayIssues(expression, program.issues) : first?.message;
    return { error, phase: program.phase };
  }
  return { staticType: typeText(program.type), ...evaluated(program, values, authorizer) };
}

function evaluated(
  program: CelProgram,
  values: ReadonlyMap<string, HostJson | undefined>,
  authorizer: AuthorizerValue,
): object {
  const variable = (name: string): ReturnType<typeof fromJson> | AuthorizerValue | undefined =>
    name === 'authorizer' ? authorizer : values.has(name) ? fromJson(values.get(name), (number) => number) : undefined;
  const result = program.evaluate(variable, CALL_LIMIT);
  if ('error' in result) return { error: result.error, phase: 'runtime', cost: result.cost };
  try {
    return { value: encodeValue(result.value), type: typeOf(result.value).name, cost: result.cost };
  } catch (error) {
    if (error instanceof InnerError) return { error: error.message, phase: 'runtime', cost: result.cost };
    throw error;
  }
}
