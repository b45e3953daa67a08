import type { CelEnvironment } from '../../../lang/cel/check/environment.ts';
import { type CelProgram, compileCel, typeOfCel } from '../../../lang/cel/compile.ts';
import { kubernetesEnvironment } from '../../../lang/cel/kubernetes-environment.ts';
import { AUTHORIZER, RESOURCE_CHECK } from '../../../lang/cel/library/authorizer.ts';
import type { TimeZones } from '../../../lang/cel/library/times.ts';
import { type CelIssue, displayIssues } from '../../../lang/cel/syntax/source.ts';
import {
  BOOL,
  type CelType,
  DYN,
  INT,
  isSameType,
  listType,
  mapType,
  STRING,
  structType,
  TIMESTAMP,
  typeText,
} from '../../../lang/cel/types/cel-type.ts';
import type { StructTypes } from './struct-types.ts';

/** Which variables an expression has besides those that all have. */
export interface Declared {
  readonly params: boolean;
  readonly authorizer: boolean;
}

/** An expression of a policy: the program, or why there is none. */
export interface PolicyExpression {
  readonly text: string;
  readonly program?: CelProgram;
  readonly error?: string;
  /** Whether the server calls the error one of its own. */
  readonly isInternal?: boolean;
}

/** Types of objects and parameters, where they are not left open. */
export interface ObjectTypes {
  readonly reading: 'server' | 'runtime';
  readonly object: StructTypes;
  readonly params?: StructTypes;
}

const STRINGS = listType(STRING);
const TEXT_MAP = mapType(STRING, STRING);
const KIND = structType('kubernetes.GroupVersionKind');
const RESOURCE = structType('kubernetes.GroupVersionResource');
const REQUEST = structType('kubernetes.AdmissionRequest');
const NAMESPACE = structType('kubernetes.Namespace');
const VARIABLES = structType('kubernetes.variables');

/** The structs of `request` and `namespaceObject`. Mirrors BuildRequestType and BuildNamespaceType of the apiserver's admission/plugin/cel/compile.go. */
const STRUCTS: ReadonlyMap<string, Readonly<Record<string, CelType>>> = new Map([
  [KIND.name, { group: STRING, version: STRING, kind: STRING }],
  [RESOURCE.name, { group: STRING, version: STRING, resource: STRING }],
  ['kubernetes.UserInfo', { username: STRING, uid: STRING, groups: STRINGS, extra: mapType(STRING, listType(STRING)) }],
  [
    REQUEST.name,
    {
      kind: KIND,
      resource: RESOURCE,
      subResource: STRING,
      requestKind: KIND,
      requestResource: RESOURCE,
      requestSubResource: STRING,
      name: STRING,
      namespace: STRING,
      operation: STRING,
      userInfo: structType('kubernetes.UserInfo'),
      dryRun: BOOL,
      options: DYN,
    },
  ],
  ['kubernetes.NamespaceSpec', { finalizers: STRINGS }],
  [
    'kubernetes.NamespaceCondition',
    { status: STRING, type: STRING, lastTransitionTime: TIMESTAMP, message: STRING, reason: STRING },
  ],
  ['kubernetes.NamespaceStatus', { conditions: listType(structType('kubernetes.NamespaceCondition')), phase: STRING }],
  [
    'kubernetes.NamespaceMetadata',
    {
      name: STRING,
      generateName: STRING,
      namespace: STRING,
      labels: TEXT_MAP,
      annotations: TEXT_MAP,
      UID: STRING,
      creationTimestamp: TIMESTAMP,
      deletionGracePeriodSeconds: INT,
      deletionTimestamp: TIMESTAMP,
      generation: INT,
      resourceVersion: STRING,
      finalizers: STRINGS,
    },
  ],
  [
    NAMESPACE.name,
    {
      metadata: structType('kubernetes.NamespaceMetadata'),
      spec: structType('kubernetes.NamespaceSpec'),
      status: structType('kubernetes.NamespaceStatus'),
    },
  ],
]);

/** Compiles the expressions of one policy, which see its variables. Mirrors CompileCELExpression and CompositedCompiler of the apiserver's admission/plugin/cel. */
export class PolicyCompiler {
  private readonly base: CelEnvironment;
  /** The types of the variables so far; undefined where expressions have none. */
  private readonly variables: Map<string, CelType> | undefined;
  private readonly types: ObjectTypes | undefined;

  /** `base` is of `baseEnvironment`. */
  constructor(base: CelEnvironment, hasVariables: boolean, types?: ObjectTypes) {
    this.base = base;
    this.types = types;
    this.variables = hasVariables ? new Map() : undefined;
  }

  /** Compiles an expression, which must be of one of the types; of any where there is none. */
  compile(text: string, types: readonly CelType[], declared: Declared): PolicyExpression {
    const program = compileCel(text, this.environment(declared));
    if ('phase' in program) {
      const [first] = program.issues;
      return program.phase === 'program'
        ? { text, error: `program instantiation failed: ${first?.message ?? ''}`, isInternal: true }
        : { text, error: `compilation failed: ${displayIssues(text, program.issues)}` };
    }
    if (types.length === 0 || types.some((type) => isSameType(type, program.type))) return { text, program };
    const [only] = types;
    const wanted =
      only !== undefined && types.length === 1 ? typeText(only) : `one of [${types.map(typeText).join(' ')}]`;
    return { text, error: `must evaluate to ${wanted} but got ${typeText(program.type)}` };
  }

  /** What is wrong with an expression, whose own type may be any. */
  issues(text: string, declared: Declared): readonly CelIssue[] {
    const checked = typeOfCel(text, this.environment(declared));
    return 'phase' in checked && checked.phase === 'compile' ? checked.issues : [];
  }

  /** Takes the type of a variable, which expressions after it can use. */
  declareVariable(name: string, text: string, declared: Declared): void {
    const checked = typeOfCel(text, this.environment(declared));
    this.variables?.set(name, 'phase' in checked ? DYN : fieldType(checked.type));
  }

  /** Compiles a variable, which expressions after it can use. */
  compileVariable(name: string, text: string, declared: Declared): PolicyExpression {
    const expression = this.compile(text, [], declared);
    this.variables?.set(name, expression.program === undefined ? DYN : fieldType(expression.program.type));
    return expression;
  }

  private environment({ params, authorizer }: Declared): CelEnvironment {
    const { variables } = this;
    const { object, params: paramTypes } = this.types ?? {};
    const types = new Map([
      ['object', object?.root ?? DYN],
      ['oldObject', object?.root ?? DYN],
      ['namespaceObject', NAMESPACE],
      ['request', REQUEST],
    ]);
    if (params) types.set('params', paramTypes?.root ?? DYN);
    if (authorizer) types.set('authorizer', AUTHORIZER);
    // The server forgets this one where it checks types.
    if (authorizer && this.types?.reading !== 'server') types.set('authorizer.requestResource', RESOURCE_CHECK);
    if (variables !== undefined) types.set('variables', VARIABLES);
    const { structs } = this.base;
    return {
      ...this.base,
      variables: types,
      structs: (name) =>
        name === VARIABLES.name && variables !== undefined
          ? (field) => variables.get(field)
          : (structs(name) ?? object?.fields(name) ?? paramTypes?.fields(name)),
    };
  }
}

/** The part of the environment that the expressions of all policies share: stored ones of a minor, or new ones of the minor after it. */
export function baseEnvironment(minor: number, zones: TimeZones | undefined): CelEnvironment {
  return kubernetesEnvironment(minor, {
    variables: new Map(),
    ...(zones !== undefined && { zones }),
    structs: (name) => {
      const fields = STRUCTS.get(name);
      return fields === undefined ? undefined : (field) => (Object.hasOwn(fields, field) ? fields[field] : undefined);
    },
  });
}

const KEPT = new Set(['any', 'bool', 'bytes', 'double', 'duration', 'int', 'null', 'string', 'timestamp', 'uint']);

/** The type of a field of `variables`. Mirrors convertCelTypeToDeclType. */
function fieldType(type: CelType): CelType {
  const { kind, params, nullable } = type;
  if (KEPT.has(kind) && !nullable) return type;
  const [first = DYN, second = DYN] = params;
  if (kind === 'list') return listType(fieldType(first));
  return kind === 'map' ? mapType(fieldType(first), fieldType(second)) : DYN;
}
