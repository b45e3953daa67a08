import { kubernetesEnvironment } from '../kubernetes-environment.ts';
import type { TimeZones } from '../library/times.ts';
import { compileRule, type RuleProgram } from './rule-programs.ts';
import { schemaTypes } from './schema-types.ts';
import { type StructuralSchema, withObjectMeta } from './structural-schema.ts';

/** Whether a schema, or one in it, has rules. */
export function hasRules({ rules, properties, values, items, allOf }: StructuralSchema): boolean {
  if (rules.length > 0) return true;
  return [...properties.values(), values, items, ...allOf].some((each) => each !== undefined && hasRules(each));
}

/** A node of the schema with its rules, which those in `allOf` share. */
export interface RuleNode {
  readonly schema: StructuralSchema;
  readonly programs: readonly RuleProgram[];
  readonly properties: ReadonlyMap<string, RuleNode>;
  readonly values: RuleNode | undefined;
  readonly items: RuleNode | undefined;
  readonly allOf: readonly RuleNode[];
}

/** Compiles the rules of schemas for a server of 1.`minor`. */
export class RuleCompiler {
  private readonly minor: number;
  private readonly base: ReturnType<typeof kubernetesEnvironment>;

  constructor(minor: number, zones: TimeZones | undefined) {
    this.minor = minor;
    this.base = kubernetesEnvironment(minor, { variables: new Map(), ...(zones !== undefined && { zones }) });
  }

  /** `rules` has the rules, and `schema` the types: the same but for what stands in `allOf`. */
  node(rules: StructuralSchema, schema: StructuralSchema, isRoot: boolean): RuleNode {
    const types = rules.rules.length === 0 ? undefined : schemaTypes(schema, isRoot, this.minor);
    const programs = rules.rules.flatMap((rule): readonly RuleProgram[] => {
      const error = 'failed to convert to declType for CEL validation rules';
      const compiled = types === undefined ? { rule, usesOldSelf: false, error } : compileRule(rule, types, this.base);
      return compiled === undefined ? [] : [compiled];
    });
    const inside = (own: StructuralSchema | undefined, of: StructuralSchema | undefined): RuleNode | undefined =>
      own === undefined || of === undefined ? undefined : this.node(own, of, of.embedded);
    const properties = [...rules.properties].flatMap(([name, own]): [string, RuleNode][] => {
      const node = inside(own, schema.properties.get(name));
      return node === undefined ? [] : [[name, node]];
    });
    return {
      schema: isRoot ? withObjectMeta(schema) : schema,
      programs,
      properties: new Map(properties),
      values: inside(rules.values, schema.values),
      items: inside(rules.items, schema.items),
      allOf: rules.allOf.filter(hasRules).map((each) => this.node(each, schema, isRoot)),
    };
  }
}
