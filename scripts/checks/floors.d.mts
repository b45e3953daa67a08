/** A room and what may not be in it. */
type Floor = readonly [name: string, sentence: string];
export const ROOMS: readonly Floor[];
export const FLOORS: Readonly<Record<string, readonly Floor[]>>;
export const ENGINES_THAT_ASK: Readonly<Record<string, { readonly asks: readonly string[]; readonly because: string }>>;
