import { expect, it } from 'vitest';
import { CALL_LIMIT, compileCel, type Evaluation } from './compile.ts';
import { kubernetesEnvironment } from './kubernetes-environment.ts';
import { displayIssues } from './syntax/source.ts';
import { DYN, typeText } from './types/cel-type.ts';
import { fromJson, type HostJson } from './values/json-values.ts';
import type { Value } from './values/value.ts';

const ENVIRONMENT = kubernetesEnvironment(37, { variables: new Map([['object', DYN]]) });

function evaluate(text: string, object: HostJson = null, limit = CALL_LIMIT): Evaluation {
  const program = compileCel(text, ENVIRONMENT);
  if ('phase' in program) throw new Error(displayIssues(text, program.issues));
  return program.evaluate((name) => (name === 'object' ? fromJson(object) : undefined), limit);
}

function value(text: string, object: HostJson = null): Value {
  const result = evaluate(text, object);
  if ('error' in result) throw new Error(result.error);
  return result.value;
}

function issues(text: string, minor = 37): string {
  const program = compileCel(text, kubernetesEnvironment(minor, { variables: new Map([['object', DYN]]) }));
  return 'phase' in program ? displayIssues(text, program.issues) : '';
}

it('evaluates over objects', () => {
  const object = { spec: { containers: [{ name: 'a', image: 'nginx' }, { name: 'b' }], replicas: 3, nul: null } };
  expect(value('object.spec.containers.filter(c, has(c.image)).size()', object)).toBe(1n);
  expect(value('object.spec.replicas <= 3 && object.spec.nul == null', object)).toBe(true);
  expect(value("object.spec.containers.exists(c, c.?image.orValue('') == 'nginx')", object)).toBe(true);
});

it('tells an error with its place', () => {
  expect(evaluate('1 == 1 && object.spec.missing > 1', { spec: {} })).toMatchObject({
    error: 'no such key: missing',
    at: 21,
  });
  expect(issues('object.x == 1 &&\n  1 + true')).toBe(
    "ERROR: <input>:2:5: found no matching overload for '_+_' applied to '(int, bool)'\n |   1 + true\n | ....^",
  );
});

it('knows the static type', () => {
  const program = compileCel('[1, 2].map(x, x > 1)', ENVIRONMENT);
  expect('type' in program && typeText(program.type)).toBe('list(bool)');
});

it('has the libraries of the version', () => {
  expect(issues("ip('10.0.0.1')", 29)).toContain("undeclared reference to 'ip'");
  expect(issues("ip('10.0.0.1')", 30)).toBe('');
  expect(issues('object.?a', 27)).toContain("unsupported syntax '.?'");
  expect(issues('1 < 2.0', 27)).toContain('found no matching overload');
  expect(issues('1 < 2.0', 28)).toBe('');
  expect(issues('[1, 2].sort()', 33)).toContain("undeclared reference to 'sort'");
});

it('stops at the limit of cost', () => {
  const text = 'lists.range(1000).all(x, lists.range(1000).all(y, x + y >= 0))';
  expect(evaluate(text)).toMatchObject({ error: 'operation cancelled: actual cost limit exceeded' });
});

it('ends quickly on nesting that cel-go refuses', () => {
  const deep = 10_000;
  expect(issues(`${'('.repeat(deep)}1${')'.repeat(deep)}`)).toBe(
    'ERROR: <input>:-1:0: expression recursion limit exceeded: 250',
  );
  expect(issues(`object${'.a'.repeat(deep)}`)).toBe('ERROR: <input>:-1:0: max recursion depth exceeded');
  expect(issues(`1${'+1'.repeat(deep)}`)).toBe('ERROR: <input>:-1:0: max recursion depth exceeded');
  expect(issues('1'.repeat(100_001))).toContain('expression code point size exceeds limit: size: 100001, limit 100000');
});

it('takes long chains of logic', () => {
  expect(value(`true${' && true'.repeat(10_000)}`)).toBe(true);
});

it('ends quickly on macros that write their receiver twice', () => {
  const chain = `optional.of(1)${'.optMap(x, x + 1)'.repeat(60)}`;
  expect(evaluate(chain)).toMatchObject({ error: 'operation cancelled: actual cost limit exceeded' });
});

it('puts lists together without copying', () => {
  const text = `lists.range(100000).map(x, x).size() + ${Array.from({ length: 200 }, () => 'object.l').join(' + ')}.size()`;
  expect(issues(text)).toBe('');
  const list = Array.from({ length: 1000 }, (_, index) => BigInt(index));
  expect(value('[1, 2].map(x, object.l + object.l).size()', { l: list })).toBe(2n);
});

it('goes on in loops after an error, until an item decides', () => {
  expect(value('[0, 1].all(x, 1 / x > 5)')).toBe(false);
  expect(value('[0, 1].exists(x, 1 / x == 1)')).toBe(true);
});

it('looks up constants in sets, also where there is but one', () => {
  expect(value('object in [1]', 1)).toBe(true);
  expect(value('object in [1]', 2)).toBe(false);
  expect(value('object in []', 1)).toBe(false);
});

it('stops at its limit, and not before', () => {
  const { cost } = evaluate('object.a + object.b == 3', { a: 1, b: 2 });
  expect(evaluate('object.a + object.b == 3', { a: 1, b: 2 }, cost)).toMatchObject({ value: true });
  expect(evaluate('object.a + object.b == 3', { a: 1, b: 2 }, cost - 1)).toMatchObject({
    error: 'operation cancelled: actual cost limit exceeded',
  });
});

it('orders no NaN', () => {
  expect(evaluate('1.0 < 0.0 / 0.0')).toMatchObject({ error: 'NaN values cannot be ordered' });
  expect(value('0.0 / 0.0 == 0.0 / 0.0')).toBe(false);
});

it.each([
  ['object + object', 'dyn'],
  ['size(object)', 'int'],
  ["['a'].all(i, v, i == 0 && v == 'a')", 'bool'],
  ["{'a': 1}.all(k, v, k == 'a' && v == 1)", 'bool'],
])('%s has the type %s', (text, type) => {
  const program = compileCel(text, ENVIRONMENT);
  expect('type' in program && typeText(program.type)).toBe(type);
});

it('knows the variables that an expression names, but those of macros', () => {
  const program = compileCel('[1].exists(x, x == object.y)', ENVIRONMENT);
  expect('variables' in program && [...program.variables]).toEqual(['object']);
});

it('leaves a loop once an item decides, and spends no more', () => {
  const items = Array.from({ length: 1000 }, (_, index) => index);
  expect(evaluate('object.exists(x, x == 1)', items)).toMatchObject({ value: true });
  expect(evaluate('object.exists(x, x == 1)', items).cost).toBeLessThan(50);
  expect(evaluate('object.exists(x, x == -1)', items).cost).toBeGreaterThan(1000);
});
