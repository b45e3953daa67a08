/** A copy of an object without some of its fields; the object itself when it has none of them. */
export function withoutFields<T extends object>(value: T, fields: readonly string[]): T {
  if (!fields.some((field) => Object.hasOwn(value, field))) return value;
  const copy = { ...value };
  for (const field of fields) Reflect.deleteProperty(copy, field);
  return copy;
}
