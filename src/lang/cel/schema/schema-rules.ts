import type { FieldPath } from '../../../text/tree.ts';
import { goTrim } from '../../go-trim.ts';
import { CALL_LIMIT, type Evaluation } from '../compile.ts';
import type { TimeZones } from '../library/times.ts';
import { byteCount } from '../values/text.ts';
import type { HostJson } from '../values/json-values.ts';
import { Optional, type Value } from '../values/value.ts';
import { OldItems, sameJson } from './old-items.ts';
import { hasRules, RuleCompiler, type RuleNode } from './rule-tree.ts';
import { schemaValue } from './schema-values.ts';
import { isFields, isList, readSchema, type SchemaRule } from './structural-schema.ts';

/** What a rule has against a value. `value` is what the message shows; undefined for objects and lists, which it leaves out. */
export interface RuleError {
  readonly path: FieldPath;
  readonly reason: 'FieldValueInvalid' | 'FieldValueForbidden' | 'FieldValueRequired' | 'FieldValueDuplicate';
  readonly value: HostJson | undefined;
  readonly detail: string;
}

/** Errors refuse the object; of an update, what was wrong before and has not changed is only warned of. */
export interface RuleVerdict {
  readonly errors: readonly RuleError[];
  readonly warnings: readonly RuleError[];
}

/** Asks the rules of a schema about a value, and the value before; undefined for a creation. */
export type SchemaRules = (value: HostJson, old: HostJson | undefined) => RuleVerdict;

/** What all rules of one object may cost, and the longest message (apiserver's pkg/apis/cel/config.go). */
const BUDGET = 10_000_000;
const LONGEST_MESSAGE = 5 * 1024;
/** From here on oldSelf may be optional, and old faults are forgiven (CRDValidationRatcheting, on by default). */
const FIRST_RATCHETING = 30;

/**
 * The rules (`x-kubernetes-validations`) of the schema of a version of a custom kind, as it is written, for a server of 1.`minor`; undefined where it has
 * none. The value must fit the schema and have its defaults. Mirrors Validator of apiextensions pkg/apiserver/schema/cel/validation.go, v1.25 to v1.37.
 */
export function schemaRules(schema: HostJson, minor: number, zones?: TimeZones): SchemaRules | undefined {
  const root = readSchema(schema);
  if (!hasRules(root)) return undefined;
  const compiler = new RuleCompiler(minor, zones);
  const node = compiler.node(root, root, true);
  return (value, old) => {
    const run = new Run(minor);
    run.visit(node, { path: [], value, old, unchanged: sameJson(value, old), isRoot: true });
    return run;
  };
}

/** A value at its place, with what it was before where that can be told. */
interface Visit {
  readonly path: FieldPath;
  readonly value: HostJson | undefined;
  readonly old: HostJson | undefined;
  /** Whether it, or something around it, is as it was before. */
  readonly unchanged: boolean;
  readonly isRoot?: boolean;
}

class Run implements RuleVerdict {
  readonly errors: RuleError[] = [];
  readonly warnings: RuleError[] = [];
  private readonly ratchets: boolean;
  private left = BUDGET;

  constructor(minor: number) {
    this.ratchets = minor >= FIRST_RATCHETING;
  }

  /** False where the budget is spent, which ends everything. */
  visit(node: RuleNode, visit: Visit): boolean {
    const { path, value, old } = visit;
    if (value === null || value === undefined) return true;
    if (!this.ask(node, visit)) return false;
    if (!node.allOf.every((each) => this.visit(each, visit))) return false;
    if (isList(value)) return this.visitItems(node, visit, value);
    if (!isFields(value)) return true;
    return Object.entries(value).every(([name, each]) => {
      const inside = node.values ?? node.properties.get(name);
      if (inside === undefined) return true;
      const before = isFields(old) ? old[name] : undefined;
      // What the server itself sets is never as it was.
      const isSet = visit.isRoot === true && (name === 'apiVersion' || name === 'kind');
      const unchanged = !isSet && (visit.unchanged || sameJson(each, before));
      return this.visit(inside, { path: [...path, name], value: each, old: before, unchanged });
    });
  }

  private visitItems(node: RuleNode, { path, old, unchanged }: Visit, value: readonly HostJson[]): boolean {
    const { items } = node;
    if (items === undefined) return true;
    const before = new OldItems(node.schema, isList(old) ? old : []);
    return value.every((each, index) => {
      const was = before.get(each);
      return this.visit(items, {
        path: [...path, index],
        value: each,
        old: was,
        unchanged: unchanged || sameJson(each, was),
      });
    });
  }

  private ask({ schema, programs }: RuleNode, { path, value, old, unchanged }: Visit): boolean {
    if (programs.length === 0) return true;
    const invalid = (detail: string): void => {
      this.errors.push({ path, reason: 'FieldValueInvalid', value: schema.type, detail });
    };
    if (this.left <= 0) {
      invalid(OUT_OF_BUDGET);
      return false;
    }
    const self = schemaValue(value, schema);
    const oldSelf = old === undefined || old === null ? undefined : schemaValue(old, schema);
    for (const { rule, program, error, message, usesOldSelf } of programs) {
      const isOptional = this.ratchets && rule.optionalOldSelf;
      if (program === undefined) {
        invalid(`rule compile error: ${error ?? ''}`);
        continue;
      }
      if (usesOldSelf && oldSelf === undefined && !isOptional) continue;
      const lookUp = (name: string): Value | undefined =>
        name === 'self' ? self : isOptional ? new Optional(oldSelf) : oldSelf;
      const result = program.evaluate(lookUp, CALL_LIMIT);
      if (result.cost > this.left) {
        invalid(OUT_OF_BUDGET);
        return false;
      }
      this.left -= result.cost;
      if ('error' in result) {
        const text = shownRule(rule);
        const isOver = result.error.startsWith('operation cancelled: actual cost limit exceeded');
        if (result.error.startsWith('no such overload'))
          invalid(
            `'${result.error}': call arguments did not match a supported operator, function or macro signature for rule: ${text}`,
          );
        else if (isOver)
          invalid(
            `'${result.error}': no further validation rules will be run due to call cost exceeds limit for rule: ${text}`,
          );
        else invalid(`${result.error} evaluating rule: ${text}`);
        if (isOver) return false;
        continue;
      }
      if (result.value === true) continue;
      const said = message && this.messageOf(message.evaluate(lookUp, CALL_LIMIT));
      if (said === 'spent') {
        invalid(
          `messageExpression evaluation failed due to running out of cost budget, no further validation rules will be run`,
        );
        return false;
      }
      const target = this.ratchets && !usesOldSelf && unchanged ? this.warnings : this.errors;
      const isWhole = schema.type === 'object' || schema.type === 'array';
      target.push({
        path: [...path, ...fieldsOf(rule.fieldPath)],
        reason: reasonOf(rule.reason),
        value: isWhole ? undefined : value,
        detail: said ?? defaultMessage(rule),
      });
    }
    return true;
  }

  /** What a message came to; undefined where it cannot be used. */
  private messageOf(result: Evaluation): string | undefined {
    if (result.cost > this.left) return 'spent';
    this.left -= result.cost;
    const text = 'value' in result && typeof result.value === 'string' ? goTrim(result.value) : '';
    return text === '' || text.includes('\n') || byteCount(text) > LONGEST_MESSAGE ? undefined : text;
  }
}

const OUT_OF_BUDGET = 'validation failed due to running out of cost budget, no further validation rules will be run';

function reasonOf(reason: string): RuleError['reason'] {
  switch (reason) {
    case 'FieldValueForbidden':
    case 'FieldValueRequired':
    case 'FieldValueDuplicate':
      return reason;
    default:
      return 'FieldValueInvalid';
  }
}

function shownRule({ message, rule }: SchemaRule): string {
  return goTrim(message === '' ? rule : message);
}

function defaultMessage(rule: SchemaRule): string {
  return rule.message === '' ? `failed rule: ${shownRule(rule)}` : goTrim(rule.message);
}

/** The steps of `.a.b['c']`. */
function fieldsOf(fieldPath: string): string[] {
  return [...fieldPath.matchAll(/\.([^.[\]]+)|\['((?:[^'\\]|\\.)*)'\]/g)].map(
    ([, name, quoted = '']) => name ?? quoted.replaceAll(/\\(.)/g, '$1'),
  );
}
