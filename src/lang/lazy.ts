/** A value that is made when it is first asked for, and kept: for tables that most runs never read. `make` must not depend on anything that changes. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
