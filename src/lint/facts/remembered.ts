import type { FactContext } from './fact-context.ts';

/** A maker of facts that answers the same value whenever it is asked for the same cluster, so that facts can ask one another. */
export function remembered<Answer>(make: (context: FactContext) => Answer): (context: FactContext) => Answer {
  const made = new WeakMap<FactContext, { readonly answer: Answer }>();
  return (context) => {
    let known = made.get(context);
    if (known === undefined) made.set(context, (known = { answer: make(context) }));
    return known.answer;
  };
}
