import { JsonFailure } from './failure.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Reads the string whose opening quote stands at `start`; `end` of the answer lies behind the closing one. Throws JsonFailure. */
export function scanString(text: string, start: number, end: number): { readonly value: string; readonly end: number } {
  let value = '';
  let from = start + 1;
  for (let position = from; ; position++) {
    if (position >= end) throw JsonFailure.at(text, end, end, '');
    const code = text.charCodeAt(position);
    if (code === 0x22) {
      const rest = text.slice(from, position);
      return { value: value === '' ? rest : joinSurrogates(value + rest), end: position + 1 };
    }
    if (code < 0x20) throw JsonFailure.at(text, position, end, 'in string literal');
    if (code !== 0x5c) continue;
    value += text.slice(from, position);
    position++;
    const escape = position < end ? text.charAt(position) : '';
    if (escape === 'u') {
      value += String.fromCharCode(scanHex(text, position + 1, end));
      position += 4;
    } else {
      const meaning = ESCAPES[escape];
      if (meaning === undefined) throw JsonFailure.at(text, position, end, 'in string escape code');
      value += meaning;
    }
    from = position + 1;
  }
}

function scanHex(text: string, start: number, end: number): number {
  for (let position = start; position < start + 4; position++) {
    if (position >= end || !/[\da-f]/i.test(text.charAt(position))) {
      throw JsonFailure.at(text, position, end, String.raw`in \u hexadecimal character escape`);
    }
  }
  return Number.parseInt(text.slice(start, start + 4), 16);
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Go cannot hold half a surrogate pair: it becomes U+FFFD. */
function joinSurrogates(value: string): string {
  return value.replace(LONE_SURROGATE, '\ufffd');
}
