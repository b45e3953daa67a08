import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeBase64, decodedLength, encodeBase64, isBase64, isCanonicalBase64 } from './base64.ts';

it('decodes what it encodes', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 255 })), (bytes) => {
      expect(decodeBase64(encodeBase64(bytes))).toEqual({ bytes });
    }),
  );
});

it('knows what is encoded already, and how long it is, without decoding it', () => {
  const text = fc.oneof(
    fc.uint8Array().map((bytes) => encodeBase64([...bytes])),
    fc.string({ unit: fc.constantFrom('A', 'z', '9', '+', '/', '=', '\n'), maxLength: 9 }),
  );
  fc.assert(
    fc.property(text, (written) => {
      const decoded = decodeBase64(written);
      const bytes = 'bytes' in decoded ? decoded.bytes : undefined;
      expect(decodedLength(written)).toBe(bytes?.length ?? 0);
      expect(isCanonicalBase64(written)).toBe(bytes !== undefined && encodeBase64(bytes) === written);
    }),
    { numRuns: 2000 },
  );
});

it('encodes as Node does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 255 })), (bytes) => {
      expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    }),
  );
});

// Answers of Go's base64.StdEncoding.
it.each([
  ['aGk', 0],
  ['aG k=', 2],
  ['aGk=x', 4],
  ['aA=', 3],
  ['aA=x', 2],
  ['=', 0],
  ['abcd=', 4],
  ['____', 0],
  ['é', 0],
])('finds %j corrupt at byte %i', (text, corruptAt) => {
  expect(decodeBase64(text)).toEqual({ corruptAt });
  expect(isBase64(text)).toBe(false);
});

it('skips line breaks and ignores left-over bits', () => {
  expect(decodeBase64('a\nGl=\r\n')).toEqual({ bytes: [104, 105] });
  expect(isBase64('aA=\n=')).toBe(true);
});
