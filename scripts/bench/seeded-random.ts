/** Chance that is the same every time. */
export interface Random {
  /** A whole number from 0 to before `end`. */
  below(end: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
}

/** Chance from a seed (Marsaglia's xorshift with 32 bits). */
export function seededRandom(seed: number): Random {
  let state = (seed * 2654435761) >>> 0 || 1;
  const below = (end: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % end;
  };
  return { below, pick: (items) => items[below(items.length)] ?? items[0] };
}
