import fc from 'fast-check';
import type { Macro, Small } from './small-expression.fixture.ts';

type Kinds = Readonly<Record<'int' | 'bool' | 'string' | 'list', Small>>;

const FIELDS = fc.constantFrom('k', 'zero', 'none');

/** Small expressions of every type, without empty lists, whose items would have no type. `each` is an int that has a value inside of macros only. */
export const smallExpressions = fc.letrec<Kinds>((tie) => {
  const binaryOf = (signs: readonly string[], of: keyof Kinds, other: keyof Kinds = of): fc.Arbitrary<Small> =>
    fc.record({
      op: fc.constant('binary' as const),
      sign: fc.constantFrom(...signs),
      left: tie(of),
      right: tie(other),
    });
  const chosen = (of: keyof Kinds): fc.Arbitrary<Small> =>
    fc.record({ op: fc.constant('if' as const), test: tie('bool'), then: tie(of), otherwise: tie(of) });
  const macroOf = (names: readonly Macro[], body: keyof Kinds): fc.Arbitrary<Small> =>
    fc.record({
      op: fc.constant('macro' as const),
      name: fc.constantFrom(...names),
      list: tie('list'),
      body: tie(body),
    });
  const callOf = (names: readonly string[], arity: number): fc.Arbitrary<Small> =>
    fc.record({
      op: fc.constant('call' as const),
      name: fc.constantFrom(...names),
      target: tie('string'),
      args: fc.array(tie('string'), { minLength: arity, maxLength: arity }),
    });
  const name = (text: string): fc.Arbitrary<Small> => fc.constant({ op: 'name', name: text });
  return {
    int: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.bigInt({ min: -3n, max: 4n }).map((value): Small => ({ op: 'int', value })),
      name('x'),
      name('each'),
      FIELDS.map((field): Small => ({ op: 'field', field })),
      binaryOf(['+', '-', '*', '/', '%'], 'int'),
      fc.record({ op: fc.constant('unary' as const), sign: fc.constant('-' as const), of: tie('int') }),
      fc.record({ op: fc.constant('size' as const), of: fc.oneof(tie('list'), tie('string')) }),
      fc.record({ op: fc.constant('index' as const), list: tie('list'), index: tie('int') }),
      fc.record({ op: fc.constant('orValue' as const), field: FIELDS, other: tie('int') }),
      callOf(['indexOf'], 1),
      chosen('int'),
    ),
    bool: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.boolean().map((value): Small => ({ op: 'bool', value })),
      name('b'),
      FIELDS.map((field): Small => ({ op: 'has', field })),
      binaryOf(['&&', '||'], 'bool'),
      binaryOf(['<', '<=', '>', '>=', '==', '!='], 'int'),
      binaryOf(['<', '>=', '==', '!='], 'string'),
      binaryOf(['==', '!='], 'list'),
      binaryOf(['in'], 'int', 'list'),
      fc.record({ op: fc.constant('unary' as const), sign: fc.constant('!' as const), of: tie('bool') }),
      callOf(['startsWith', 'endsWith', 'contains'], 1),
      macroOf(['all', 'exists', 'exists_one'], 'bool'),
      chosen('bool'),
    ),
    string: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('', 'a', 'bc', 'abc').map((value): Small => ({ op: 'string', value })),
      name('s'),
      binaryOf(['+'], 'string'),
      callOf(['replace'], 2),
      callOf(['upperAscii'], 0),
      chosen('string'),
    ),
    list: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      name('l'),
      fc.array(tie('int'), { minLength: 1, maxLength: 3 }).map((items): Small => ({ op: 'list', items })),
      binaryOf(['+'], 'list'),
      macroOf(['filter'], 'bool'),
      macroOf(['map'], 'int'),
      chosen('list'),
    ),
  };
});
