import fc from 'fast-check';

/** A name out of the policies or a pool. */
export function pick(own: readonly string[], pool: readonly string[]): fc.Arbitrary<string> {
  const named = own.filter((name) => name !== '' && name !== '*');
  return named.length === 0 ? fc.constantFrom(...pool) : fc.oneof(fc.constantFrom(...pool), fc.constantFrom(...named));
}
