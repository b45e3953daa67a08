/** One option of a rule: what type of value it takes, what it is without configuration, and a sentence for the documentation. */
export type OptionSpec =
  | { readonly type: 'strings'; readonly default: readonly string[]; readonly description: string }
  | { readonly type: 'string'; readonly default: string; readonly description: string }
  | { readonly type: 'number'; readonly default: number; readonly description: string }
  | { readonly type: 'boolean'; readonly default: boolean; readonly description: string };

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;
export type OptionValue = readonly string[] | string | number | boolean;

/** The values a rule reads, typed from the specs it declared. */
export type OptionValues<Specs extends OptionSpecs> = { readonly [Name in keyof Specs]: ValueOf<Specs[Name]['type']> };

interface ValueOfType {
  strings: readonly string[];
  string: string;
  number: number;
  boolean: boolean;
}
type ValueOf<Type extends OptionSpec['type']> = ValueOfType[Type];

/** Every option's default, with what the configuration gives laid over it; names that the rule does not declare are dropped. */
export function settleOptions(
  specs: OptionSpecs,
  given: Readonly<Record<string, OptionValue>> = {},
): Record<string, OptionValue> {
  const settled: Record<string, OptionValue> = {};
  for (const [name, spec] of Object.entries(specs)) settled[name] = given[name] ?? spec.default;
  return settled;
}
