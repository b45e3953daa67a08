import type { CelEnvironment } from '../../../lang/cel/check/environment.ts';
import { type CelIssue, displayIssues } from '../../../lang/cel/syntax/source.ts';
import { compareBytes } from '../../../lang/byte-order.ts';
import { apiStatus } from '../../../model/api-versions.ts';
import type { APIResource } from '../../../model/discovery.ts';
import type { AdmissionPolicy, ResourceRule } from '../../../model/kinds/admission-policy.ts';
import { formatApiVersion } from '../../../model/type-meta.ts';
import { structNamed } from '../../../model/types/schemas.ts';
import type { FieldPath } from '../../../text/tree.ts';
import { type Declared, PolicyCompiler } from './policy-expressions.ts';
import { paramKindOf } from './policy-hooks.ts';
import type { GroupVersionKind } from './policy-request.ts';
import { type StructTypes, structTypes } from './struct-types.ts';

/** What does not fit the types of the kinds that a policy matches. */
export interface TypeWarning {
  /** The expression, in the spec of the policy. */
  readonly path: FieldPath;
  readonly expression: string;
  /** What the checker says about each kind that it does not fit. */
  readonly kinds: readonly { readonly kind: GroupVersionKind; readonly issues: readonly CelIssue[] }[];
  /** How many kinds the rules name, those without a schema included. */
  readonly named: number;
}

/** What types are checked against: the resources and the structs of a minor version. */
export interface TypeCheckServer {
  readonly minor: number;
  readonly resources: readonly APIResource[];
  readonly reading: 'server' | 'runtime';
}

const MOST_KINDS = 10;

/**
 * Checks the validations of a policy, and their messages, against the types of the built-in kinds that its rules name: at most ten, and none for rules with a
 * wildcard. Mirrors TypeChecker of the apiserver's plugin/policy/validating/typechecking.go.
 */
export function typeCheckPolicy(policy: AdmissionPolicy, base: CelEnvironment, server: TypeCheckServer): TypeWarning[] {
  const named = kindsOf(policy, server.resources);
  const kinds = named.flatMap((kind) => {
    const types = typesOf(kind, server);
    return types === undefined ? [] : [{ kind, compiler: compilerFor(policy, base, types, server) }];
  });
  const warnings: TypeWarning[] = [];
  const check = (text: string, path: FieldPath): void => {
    const found = kinds.flatMap(({ kind, compiler }) => {
      const issues = compiler(text);
      return issues.length === 0 ? [] : [{ kind, issues }];
    });
    if (found.length > 0) warnings.push({ path, expression: text, kinds: found, named: named.length });
  };
  for (const [index, { expression, messageExpression }] of policy.validations.entries()) {
    check(expression, ['validations', index, 'expression']);
    if (messageExpression !== '') check(messageExpression, ['validations', index, 'messageExpression']);
  }
  return warnings;
}

/** The text of a warning in the status of a policy. */
export function typeWarningText({ expression, kinds }: TypeWarning): string {
  return kinds
    .map(
      ({ kind: { group, version, kind }, issues }) =>
        `${group}/${version}, Kind=${kind}: ${displayIssues(expression, issues)}\n`,
    )
    .join('\n');
}

function compilerFor(
  policy: AdmissionPolicy,
  base: CelEnvironment,
  object: StructTypes,
  server: TypeCheckServer,
): (text: string) => readonly CelIssue[] {
  const paramKind = paramKindOf(policy);
  const params = typeof paramKind === 'object' ? typesOf(paramKind, server) : undefined;
  const compiler = new PolicyCompiler(base, true, {
    reading: server.reading,
    object,
    ...(params !== undefined && { params }),
  });
  const declared: Declared = { params: policy.paramKind !== undefined, authorizer: true };
  for (const { name, expression } of policy.variables) compiler.declareVariable(name, expression, declared);
  return (text) => compiler.issues(text, declared);
}

/** The types of a built-in kind; undefined for others. */
function typesOf(asked: GroupVersionKind, { minor, reading }: TypeCheckServer): StructTypes | undefined {
  const { group, kind } = asked;
  // Its own server describes itself elsewhere.
  if (group === 'apiextensions.k8s.io') return undefined;
  const status = apiStatus(formatApiVersion(asked), kind, minor);
  if (status.status !== 'served') return undefined;
  const struct = structNamed(status.facts.struct);
  // A struct that takes any field is not known.
  return struct.open ? undefined : structTypes(kind, struct, minor, reading);
}

function kindsOf({ matchConstraints }: AdmissionPolicy, resources: readonly APIResource[]): GroupVersionKind[] {
  const found = new Map<string, GroupVersionKind>();
  for (const rule of matchConstraints?.resourceRules ?? []) {
    let count = 0;
    for (const kind of namedKinds(rule, resources)) {
      found.set(`${kind.group}/${kind.version}/${kind.kind}`, kind);
      if (++count === MOST_KINDS) return sorted(found);
    }
  }
  return sorted(found);
}

function sorted(kinds: ReadonlyMap<string, GroupVersionKind>): GroupVersionKind[] {
  return [...kinds.values()].toSorted(
    (a, b) => compareBytes(a.group, b.group) || compareBytes(a.version, b.version) || compareBytes(a.kind, b.kind),
  );
}

/** The core group stands for all groups. Mirrors DefaultRESTMapper.KindsFor. */
function* namedKinds(rule: ResourceRule, resources: readonly APIResource[]): Generator<GroupVersionKind> {
  const { apiGroups, apiVersions } = rule;
  if ([...apiGroups, ...apiVersions].some((each) => each.includes('*'))) return;
  const names = rule.resources.filter((each) => !/[*/]/.test(each)).map((each) => each.toLowerCase());
  for (const group of apiGroups.toSorted(compareBytes))
    for (const version of apiVersions.toSorted(compareBytes))
      for (const name of names.toSorted(compareBytes))
        yield* resources.filter(
          (each) =>
            (group === '' || each.group === group) &&
            each.version === version &&
            (each.resource === name || each.singular === name),
        );
}
