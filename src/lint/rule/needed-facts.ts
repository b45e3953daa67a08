import { FACT_NAMES, type Facts } from '../facts/facts.ts';
import type { FactName } from './definition.ts';

/**
 * The facts of a cluster, each time only those that a rule declares to need: asking another throws, so that `needs` can be relied on. Hundreds
 * of rules need a few dozen combinations.
 */
export class NeededFacts {
  private readonly facts: Facts;
  private readonly byKind = new Map<FactsKind, Facts>();

  constructor(facts: Facts) {
    this.facts = facts;
  }

  of(needs: readonly FactName[]): Facts {
    const kind = kindOf(needs);
    let needed = this.byKind.get(kind);
    if (needed === undefined) this.byKind.set(kind, (needed = new kind(this.facts) as unknown as Facts));
    return needed;
  }
}

type FactsKind = new (facts: Facts) => object;

const byNames = new Map<string, FactsKind>();
const byNeeds = new WeakMap<readonly FactName[], FactsKind>();

function kindOf(needs: readonly FactName[]): FactsKind {
  let kind = byNeeds.get(needs);
  if (kind !== undefined) return kind;
  const names = needs.join();
  kind = byNames.get(names) ?? narrowed(needs);
  byNames.set(names, kind);
  byNeeds.set(needs, kind);
  return kind;
}

/** A class with a getter for each fact: a proxy would cost more than most rules do. */
function narrowed(needs: readonly FactName[]): FactsKind {
  class Needed {
    readonly facts: Facts;
    constructor(facts: Facts) {
      this.facts = facts;
    }
  }
  for (const name of FACT_NAMES) {
    Object.defineProperty(Needed.prototype, name, {
      get: needs.includes(name)
        ? function (this: Needed) {
            return this.facts[name];
          }
        : () => {
            throw new Error(`it asks for the fact \`${name}\` without \`needs: ['${name}']\``);
          },
    });
  }
  return Needed;
}
