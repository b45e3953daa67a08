const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const DIGITS = new Map(Array.from(ALPHABET, (character, value) => [character, value]));

/** Bytes, or where the text is corrupt. */
export type Base64Result = { readonly bytes: readonly number[] } | { readonly corruptAt: number };

/**
 * Decodes standard base64 as Go's StdEncoding does: padding required, line feeds and carriage returns skipped, left-over bits
 * ignored. `corruptAt` is the offset in its `illegal base64 data at input byte N`.
 */
export function decodeBase64(text: string): Base64Result {
  const bytes: number[] = [];
  let at = 0;
  for (;;) {
    let bits = 0;
    let digits = 0;
    while (digits < 4) {
      if (at === text.length) return digits === 0 ? { bytes } : { corruptAt: at - digits };
      const character = text.charAt(at++);
      const digit = DIGITS.get(character);
      if (digit !== undefined) {
        bits = (bits << 6) | digit;
        digits++;
      } else if (character === '=') return finish(text, at, digits, bits, bytes);
      else if (!isLineBreak(character)) return { corruptAt: at - 1 };
    }
    bytes.push((bits >> 16) & 255, (bits >> 8) & 255, bits & 255);
  }
}

/** Whether `decodeBase64` takes the text; faster than decoding it. */
export function isBase64(text: string): boolean {
  return isPlainBase64(text) || 'bytes' in decodeBase64(text);
}

/** Whether the text is base64 without line breaks, as nearly all is. */
export function isPlainBase64(text: string): boolean {
  return text.length % 4 === 0 && PLAIN.test(text);
}

const PLAIN = /^[\d+/a-z]*={0,2}$/i;

/** Whether the text is what `encodeBase64` makes of its bytes: no line breaks, and no left-over bits. */
export function isCanonicalBase64(text: string): boolean {
  return isPlainBase64(text) && (!text.endsWith('=') || CANONICAL_END.test(text));
}

const CANONICAL_END = /(?:[AQgw]=|[AEIMQUYcgkosw048])=$/;

/** How many bytes `decodeBase64` finds; 0 in what is not base64. */
export function decodedLength(text: string): number {
  if (isPlainBase64(text)) {
    const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
    return (text.length / 4) * 3 - padding;
  }
  const decoded = decodeBase64(text);
  return 'bytes' in decoded ? decoded.bytes.length : 0;
}

/** After the first padding character, which must come after two or three digits and be followed by nothing but more of it. */
function finish(text: string, from: number, digits: number, bits: number, bytes: number[]): Base64Result {
  let at = from;
  if (digits < 2) return { corruptAt: at - 1 };
  if (digits === 2) {
    at = skipLineBreaks(text, at);
    if (at === text.length) return { corruptAt: at };
    if (text.charAt(at) !== '=') return { corruptAt: at - 1 };
    at++;
  }
  at = skipLineBreaks(text, at);
  if (at < text.length) return { corruptAt: at };
  if (digits === 2) bytes.push((bits >> 4) & 255);
  else bytes.push((bits >> 10) & 255, (bits >> 2) & 255);
  return { bytes };
}

function skipLineBreaks(text: string, from: number): number {
  let at = from;
  while (isLineBreak(text.charAt(at))) at++;
  return at;
}

function isLineBreak(character: string): boolean {
  return character === '\n' || character === '\r';
}

/** Encodes bytes as standard base64 with padding. */
export function encodeBase64(bytes: Iterable<number>): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
