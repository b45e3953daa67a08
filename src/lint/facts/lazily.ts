/**
 * A kind of object whose properties are computed when first read, of what it is made of. A tree has hundreds of clusters, each with such
 * objects, so what they have in common is made once: a class with a getter for each property.
 */
export function lazily<Context, Values extends object>(makers: {
  readonly [Name in keyof Values]: (context: Context) => Values[Name];
}): (context: Context) => Values {
  class Lazy {
    readonly context: Context;
    constructor(context: Context) {
      this.context = context;
    }
  }
  for (const name of Object.keys(makers) as (keyof Values)[]) {
    const make = makers[name];
    Object.defineProperty(Lazy.prototype, name, {
      get(this: Lazy) {
        const value = make(this.context);
        Object.defineProperty(this, name, { value });
        return value;
      },
    });
  }
  return (context) => new Lazy(context) as unknown as Values;
}
