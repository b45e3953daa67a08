import type { Facts } from '../facts/facts.ts';
import type { FactName } from './definition.ts';

/** The facts that a rule declares to need; asking another throws, so that `needs` can be relied on. */
export function factsFor(
  { id, needs }: { readonly id: string; readonly needs: readonly FactName[] },
  facts: Facts,
): Facts {
  return new Proxy(facts, {
    get(all, name: FactName) {
      if (needs.includes(name)) return all[name];
      throw new Error(`${id} asks for the fact \`${name}\` without \`needs: ['${name}']\``);
    },
  });
}
