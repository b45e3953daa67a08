import { BOOL, type CelType, STRING, structType } from '../types/cel-type.ts';
import { CelError, noSuchOverload, Opaque, type Value } from '../values/value.ts';
import { fn, type FunctionDecl, member, type Run } from './declare.ts';

/** The user in question. */
export interface AuthorizedUser {
  readonly name: string;
  readonly groups: readonly string[];
}

/** What the authorizer is asked: a request for a resource, or for a path. Selectors are as written. */
export type AuthorizerQuestion = { readonly user: AuthorizedUser; readonly verb: string } & (
  | { readonly path: string }
  | {
      readonly group: string;
      readonly resource: string;
      readonly subresource: string;
      readonly namespace: string;
      readonly name: string;
      readonly fieldSelector: string;
      readonly labelSelector: string;
    }
);

/** What it answers. */
export interface AuthorizerAnswer {
  readonly allowed: boolean;
  readonly reason: string;
  readonly error?: string;
}

/** The authorizer behind the variable of that name. */
export type Authorize = (question: AuthorizerQuestion) => AuthorizerAnswer;

export const AUTHORIZER = structType('kubernetes.authorization.Authorizer');
const PATH_CHECK = structType('kubernetes.authorization.PathCheck');
const GROUP_CHECK = structType('kubernetes.authorization.GroupCheck');
export const RESOURCE_CHECK = structType('kubernetes.authorization.ResourceCheck');
const DECISION = structType('kubernetes.authorization.Decision');

/** A value that nothing equals, not even itself: cel-go compares it with a type that no value has. */
abstract class Incomparable extends Opaque {
  equals(other: Value): boolean | CelError {
    return other instanceof CelError ? other : noSuchOverload();
  }
}

/** The variable `authorizer`. */
export class AuthorizerValue extends Incomparable {
  readonly type: CelType = AUTHORIZER;
  readonly goType = 'library.authorizerVal';
  readonly user: AuthorizedUser;
  readonly authorize: Authorize;

  constructor(user: AuthorizedUser, authorize: Authorize) {
    super();
    this.user = user;
    this.authorize = authorize;
  }
}

class PathCheck extends Incomparable {
  readonly type: CelType = PATH_CHECK;
  readonly goType = 'library.pathCheckVal';
  readonly authorizer: AuthorizerValue;
  readonly path: string;

  constructor(authorizer: AuthorizerValue, path: string) {
    super();
    this.authorizer = authorizer;
    this.path = path;
  }
}

class GroupCheck extends Incomparable {
  readonly type: CelType = GROUP_CHECK;
  readonly goType = 'library.groupCheckVal';
  readonly authorizer: AuthorizerValue;
  readonly group: string;

  constructor(authorizer: AuthorizerValue, group: string) {
    super();
    this.authorizer = authorizer;
    this.group = group;
  }
}

const NOTHING = { subresource: '', namespace: '', name: '', fieldSelector: '', labelSelector: '' };

/** The resource in question, such as `authorizer.requestResource`. */
export class ResourceCheckValue extends Incomparable {
  readonly type: CelType = RESOURCE_CHECK;
  readonly goType = 'library.resourceCheckVal';
  readonly authorizer: AuthorizerValue;
  readonly asked: { readonly group: string; readonly resource: string } & typeof NOTHING;

  constructor(
    authorizer: AuthorizerValue,
    asked: { readonly group: string; readonly resource: string } & Partial<typeof NOTHING>,
  ) {
    super();
    this.authorizer = authorizer;
    this.asked = { ...NOTHING, ...asked };
  }
}

class Decision extends Incomparable {
  readonly type: CelType = DECISION;
  readonly goType = 'library.decisionVal';
  readonly answer: AuthorizerAnswer;

  constructor(answer: AuthorizerAnswer) {
    super();
    this.answer = answer;
  }
}

function refine(field: keyof typeof NOTHING): Run {
  return (check = null, text = null) =>
    check instanceof ResourceCheckValue && typeof text === 'string'
      ? new ResourceCheckValue(check.authorizer, { ...check.asked, [field]: text })
      : noSuchOverload();
}

function ofDecision(answer: (decision: AuthorizerAnswer) => Value): Run {
  return (decision = null) => (decision instanceof Decision ? answer(decision.answer) : noSuchOverload());
}

const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

function serviceAccount(authorizer: Value = null, namespace: Value = null, name: Value = null): Value {
  if (!(authorizer instanceof AuthorizerValue) || typeof namespace !== 'string' || typeof name !== 'string')
    return noSuchOverload();
  if (name.length > 253 || !SUBDOMAIN.test(name)) return new CelError('Invalid service account name');
  if (namespace.length > 63 || namespace.includes('.') || !SUBDOMAIN.test(namespace))
    return new CelError('Invalid service account namespace');
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];
  return new AuthorizerValue({ name: `system:serviceaccount:${namespace}:${name}`, groups }, authorizer.authorize);
}

/** The functions that ask the authorizer. Mirrors the apiserver's pkg/cel/library/authz.go. */
export const AUTHORIZER_FUNCTIONS: readonly FunctionDecl[] = [
  fn(
    'path',
    member('authorizer_path', [AUTHORIZER, STRING], PATH_CHECK, (authorizer = null, path = null) => {
      if (!(authorizer instanceof AuthorizerValue) || typeof path !== 'string') return noSuchOverload();
      return path.trim() === '' ? new CelError('path must not be empty') : new PathCheck(authorizer, path);
    }),
  ),
  fn(
    'group',
    member('authorizer_group', [AUTHORIZER, STRING], GROUP_CHECK, (authorizer = null, group = null) =>
      authorizer instanceof AuthorizerValue && typeof group === 'string'
        ? new GroupCheck(authorizer, group)
        : noSuchOverload(),
    ),
  ),
  fn('serviceAccount', member('authorizer_serviceaccount', [AUTHORIZER, STRING, STRING], AUTHORIZER, serviceAccount)),
  fn(
    'resource',
    member('groupcheck_resource', [GROUP_CHECK, STRING], RESOURCE_CHECK, (check = null, resource = null) => {
      if (!(check instanceof GroupCheck) || typeof resource !== 'string') return noSuchOverload();
      if (resource.trim() === '') return new CelError('resource must not be empty');
      return new ResourceCheckValue(check.authorizer, { group: check.group, resource });
    }),
  ),
  ...(['subresource', 'namespace', 'name'] as const).map((field) =>
    fn(field, member(`resourcecheck_${field}`, [RESOURCE_CHECK, STRING], RESOURCE_CHECK, refine(field))),
  ),
  fn(
    'check',
    member('pathcheck_check', [PATH_CHECK, STRING], DECISION, (check = null, verb = null) => {
      if (!(check instanceof PathCheck) || typeof verb !== 'string') return noSuchOverload();
      const { authorizer, path } = check;
      return new Decision(authorizer.authorize({ user: authorizer.user, verb, path }));
    }),
    member('resourcecheck_check', [RESOURCE_CHECK, STRING], DECISION, (check = null, verb = null) => {
      if (!(check instanceof ResourceCheckValue) || typeof verb !== 'string') return noSuchOverload();
      const { authorizer, asked } = check;
      return new Decision(authorizer.authorize({ user: authorizer.user, verb, ...asked }));
    }),
  ),
  fn(
    'errored',
    member(
      'decision_errored',
      [DECISION],
      BOOL,
      ofDecision(({ error }) => error !== undefined),
    ),
  ),
  fn(
    'error',
    member(
      'decision_error',
      [DECISION],
      STRING,
      ofDecision(({ error = '' }) => error),
    ),
  ),
  fn(
    'allowed',
    member(
      'decision_allowed',
      [DECISION],
      BOOL,
      ofDecision(({ allowed }) => allowed),
    ),
  ),
  fn(
    'reason',
    member(
      'decision_reason',
      [DECISION],
      STRING,
      ofDecision(({ reason }) => reason),
    ),
  ),
];

/** Selectors for the authorizer, since 1.31. */
export const SELECTOR_FUNCTIONS: readonly FunctionDecl[] = (['fieldSelector', 'labelSelector'] as const).map((field) =>
  fn(field, member(`authorizer_${field.toLowerCase()}`, [RESOURCE_CHECK, STRING], RESOURCE_CHECK, refine(field))),
);
