/** An object whose properties are computed when first read. */
export function lazily<Values extends object>(makers: {
  readonly [Name in keyof Values]: () => Values[Name];
}): Values {
  const values = {} as Values;
  for (const name of Object.keys(makers) as (keyof Values)[]) {
    Object.defineProperty(values, name, {
      configurable: true,
      enumerable: true,
      get() {
        const value = makers[name]();
        Object.defineProperty(values, name, { value, enumerable: true });
        return value;
      },
    });
  }
  return values;
}
