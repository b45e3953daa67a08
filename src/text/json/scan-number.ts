import { JsonFailure } from './failure.ts';

/** The end of the number that starts at `start`; throws JsonFailure. */
export function scanNumber(text: string, start: number, end: number): number {
  let position = text.charCodeAt(start) === 0x2d ? start + 1 : start;
  if (!digitAt(text, position, end)) throw JsonFailure.at(text, position, end, 'in numeric literal');
  position = text.charCodeAt(position) === 0x30 ? position + 1 : skipDigits(text, position, end);
  if (position < end && text.charCodeAt(position) === 0x2e) {
    position++;
    if (!digitAt(text, position, end)) {
      throw JsonFailure.at(text, position, end, 'after decimal point in numeric literal');
    }
    position = skipDigits(text, position, end);
  }
  const code = position < end ? text.charCodeAt(position) : 0;
  if (code === 0x65 || code === 0x45) {
    position++;
    const sign = position < end ? text.charCodeAt(position) : 0;
    if (sign === 0x2b || sign === 0x2d) position++;
    if (!digitAt(text, position, end)) throw JsonFailure.at(text, position, end, 'in exponent of numeric literal');
    position = skipDigits(text, position, end);
  }
  return position;
}

function digitAt(text: string, position: number, end: number): boolean {
  const code = position < end ? text.charCodeAt(position) : 0;
  return code >= 0x30 && code <= 0x39;
}

function skipDigits(text: string, start: number, end: number): number {
  let position = start;
  while (digitAt(text, position, end)) position++;
  return position;
}

/** The end of `true`, `false` or `null` at `start`, told apart by its first letter; throws JsonFailure. */
export function scanLiteral(text: string, start: number, end: number): number {
  const first = text.charCodeAt(start);
  const word = first === 0x74 ? 'true' : first === 0x66 ? 'false' : 'null';
  for (let index = 1; index < word.length; index++) {
    if (start + index >= end || text[start + index] !== word[index]) {
      throw JsonFailure.at(text, start + index, end, `in literal ${word} (expecting '${word.charAt(index)}')`);
    }
  }
  return start + word.length;
}
