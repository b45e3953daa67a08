/**
 * A question that is answered when it is first asked, and remembered; of a module, a table that most runs never read. `make` must not depend on
 * anything that changes.
 */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
