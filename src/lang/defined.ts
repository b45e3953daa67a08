/** Every field of a type, where one that may be absent can be undefined: a field that is forgotten does not compile. */
export type Fields<T> = { readonly [K in keyof Required<T>]: T[K] | undefined };

/** The value with the fields that are not undefined. */
export function defined<T extends object>(fields: Fields<T>): T {
  const value: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(fields)) if (each !== undefined) value[key] = each;
  // A field that must not be absent cannot be undefined either, unless its own type says so.
  return value as T;
}
