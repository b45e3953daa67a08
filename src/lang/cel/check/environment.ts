import type { FunctionDecl } from '../library/declare.ts';
import type { Syntax } from '../syntax/parse-context.ts';
import type { CelType, StructFields } from '../types/cel-type.ts';

/** What an expression is compiled against. */
export interface CelEnvironment {
  readonly syntax: Syntax;
  readonly functions: ReadonlyMap<string, FunctionDecl>;
  readonly variables: ReadonlyMap<string, CelType>;
  /** Types that can be named, such as `int` and `net.IP`. */
  readonly types: ReadonlyMap<string, CelType>;
  /** The fields of types of structs; undefined where the type is not known. */
  readonly structs: (name: string) => StructFields | undefined;
  /** Whether numbers of different types can be compared with `<` and the like (since 1.28). */
  readonly comparesNumbers: boolean;
  /** Whether literal arguments and those of `format` are looked at after checking (since 1.29). */
  readonly validatesLiterals: boolean;
  /** Whether the costs of cel-go's own list functions are reckoned (since 1.34). */
  readonly reckonsLists: boolean;
}
