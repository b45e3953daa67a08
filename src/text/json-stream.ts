import { isSpace } from './chunks.ts';
import type { JsonError } from './json/failure.ts';
import { readJson } from './json/read-json.ts';
import type { Span, Tree } from './tree.ts';

/** A value of a JSON stream. */
interface StreamValue extends Span {
  readonly root: Tree;
  readonly height: number;
}

/** The values of a JSON stream up to its end or its `error`; `yamlFrom` is where it goes on as YAML, when kubectl tries that. */
export interface JsonStream {
  readonly values: readonly StreamValue[];
  readonly error: JsonError | undefined;
  readonly yamlFrom: number | undefined;
}

/**
 * Reads JSON values one after another as kubectl does. If one of the first two is broken, the file might be YAML after all: it goes on
 * there, behind white space up to the end of the line (mirrors k8s.io/apimachinery v0.37.2, pkg/util/yaml, YAMLOrJSONDecoder.Decode).
 */
export function readJsonStream(text: string): JsonStream {
  const values: StreamValue[] = [];
  let consumed = 0;
  for (;;) {
    const start = skipJsonSpace(text, consumed);
    if (start >= text.length) return { values, error: undefined, yamlFrom: undefined };
    const { root, error, end, height } = readJson(text, start, text.length, 'stream');
    if (root === undefined) {
      const yamlFrom = values.length <= 1 ? startOfYaml(text, consumed) : undefined;
      return { values, error, yamlFrom };
    }
    values.push({ root, height, start, end });
    consumed = end;
  }
}

function skipJsonSpace(text: string, from: number): number {
  let offset = from;
  for (; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
  }
  return offset;
}

/** Behind the white space, but not beyond this line; undefined within four bytes of the end, where kubectl stops trying. */
function startOfYaml(text: string, from: number): number | undefined {
  for (let offset = from; ; offset++) {
    const code = text.charCodeAt(offset);
    if (bytesFrom(text, offset) < 4 || code === 0xfffd) return undefined;
    if (!isSpace(code)) return offset;
    if (code === 0x0a) return offset + 1;
  }
}

/** How many bytes of UTF-8 are left, counted up to four. */
function bytesFrom(text: string, offset: number): number {
  let bytes = 0;
  for (let index = offset; index < text.length && bytes < 4; index++) {
    const code = text.charCodeAt(index);
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3;
  }
  return bytes;
}
