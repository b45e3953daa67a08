import type { SelectorNode } from './selector-node.ts';

/** What a selector asks of the value of one label. */
interface Wanted {
  readonly equals?: string;
  readonly starts: string;
  readonly contains: string;
  readonly ends: string;
}

type Wants = ReadonlyMap<string, Wanted>;

const anything: Wanted = { starts: '', contains: '', ends: '' };
/** So many alternatives are followed; more would only repeat what the first ones show. */
const mostAlternatives = 32;

/**
 * Few labels with each of which alone a selector probably matches: at least one for every alternative, the simplest first. What is asked of a
 * label twice may contradict itself, and what is denied is left out, so that the caller must still ask the selector.
 */
export function sampleLabels(node: SelectorNode): readonly ReadonlyMap<string, string>[] {
  return alternatives(node, true).map(
    (wants) => new Map([...wants].map(([label, wanted]) => [label, valueFor(wanted)] as const)),
  );
}

function valueFor({ equals, starts, contains, ends }: Wanted): string {
  if (equals !== undefined) return equals;
  const value = starts + contains + ends;
  return value === '' ? 'any' : value;
}

/** The ways in which a selector matches, or (where it is not `wanted`) does not match. */
function alternatives(node: SelectorNode, wanted: boolean): readonly Wants[] {
  switch (node.kind) {
    case 'all':
    case 'global':
      return wanted ? [new Map()] : [];
    case 'not':
      return alternatives(node.operand, !wanted);
    case 'and':
      return wanted ? everyOne(node.operands, true) : anyOne(node.operands, false);
    case 'or':
      return wanted ? anyOne(node.operands, true) : everyOne(node.operands, false);
    case 'has':
      return [wanted ? one(node.label, anything) : new Map<string, Wanted>()];
    case 'in':
    case 'not in': {
      const isAsked = (node.kind === 'in') === wanted;
      return isAsked ? node.values.map((value) => one(node.label, { ...anything, equals: value })) : [new Map()];
    }
    case 'compare':
      return (node.operator === '!=') === wanted ? [new Map()] : [compared(node)];
  }
}

function compared({ operator, label, value }: SelectorNode & { readonly kind: 'compare' }): Wants {
  switch (operator) {
    case 'contains':
      return one(label, { ...anything, contains: value });
    case 'starts with':
      return one(label, { ...anything, starts: value });
    case 'ends with':
      return one(label, { ...anything, ends: value });
    default:
      return one(label, { ...anything, equals: value });
  }
}

function one(label: string, wanted: Wanted): Wants {
  return new Map([[label, wanted]]);
}

function anyOne(operands: readonly SelectorNode[], wanted: boolean): readonly Wants[] {
  return operands.flatMap((operand) => alternatives(operand, wanted)).slice(0, mostAlternatives);
}

function everyOne(operands: readonly SelectorNode[], wanted: boolean): readonly Wants[] {
  let found: readonly Wants[] = [new Map()];
  for (const operand of operands) {
    const own = alternatives(operand, wanted);
    found = found.flatMap((wants) => own.map((more) => joined(wants, more))).slice(0, mostAlternatives);
  }
  return found;
}

function joined(a: Wants, b: Wants): Wants {
  const all = new Map(a);
  for (const [label, more] of b) {
    const known = all.get(label) ?? anything;
    const equals = known.equals ?? more.equals;
    all.set(label, {
      ...(equals === undefined ? {} : { equals }),
      starts: known.starts.length >= more.starts.length ? known.starts : more.starts,
      contains: known.contains + more.contains,
      ends: known.ends.length >= more.ends.length ? known.ends : more.ends,
    });
  }
  return all;
}
