import { NEWEST_MINOR } from '../../src/model/versions.ts';
import { strictDecode } from '../../src/model/types/strict-decode.ts';
import { writtenObject } from '../../src/model/written.ts';
import { readBodies, type Body } from '../../src/text/read.ts';
import type { SourceFile } from '../../src/text/source.ts';
import type { Tree } from '../../src/text/tree.ts';
import { duplicatesMessage } from '../../src/text/yaml/duplicate-key.ts';

interface Case {
  readonly id: string;
  readonly text?: string;
  /** In place of `text`, for bytes that are not UTF-8. */
  readonly base64?: string;
}

/** The verdict on one case of the schema oracle, as JSON text: what the API server makes of each chunk of a file. */
export function answer(input: Case): string {
  const { bodies, error } = readBodies(fileOf(input));
  const documents = bodies.map(documentVerdict).join(',');
  const readError = error === undefined ? '' : `,"readError":${JSON.stringify(error)}`;
  return `{"id":${JSON.stringify(input.id)},"documents":[${documents}]${readError}}`;
}

function fileOf({ id, text = '', base64 = '' }: Case): SourceFile {
  if (base64 === '') return { path: id, text };
  const bytes = Buffer.from(base64, 'base64');
  return { path: id, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), bytes };
}

/** What the API server makes of one body, as JSON: the reading of its text first, then its decoding. */
function documentVerdict(body: Body): string {
  const { root, error, duplicates, collisions } = body.yaml;
  // Between keys that JSON cannot tell apart the server chooses by chance, so nothing more can be said.
  if (root !== undefined && collisions.length > 0)
    return JSON.stringify({ text: body.text, json: null, unstable: true, known: false, strictErrors: [] });
  const strictYAMLError = error === undefined ? duplicatesMessage(body.source, body.span.start, duplicates) : '';
  const { decoded, ...decoding } = decodingVerdict(body, strictYAMLError);
  const verdict = JSON.stringify({
    text: body.text,
    json: root === undefined ? null : printJson(root),
    yamlError: error?.message ?? '',
    strictYAMLError,
    ...decoding,
  });
  return decoded === undefined ? verdict : `${verdict.slice(0, -1)},"decoded":${decoded}}`;
}

interface DecodingVerdict {
  readonly known: boolean;
  readonly gvk?: string;
  readonly strictErrors: readonly string[];
  readonly decodeError?: string;
  /** JSON text. */
  readonly decoded?: string;
}

/** A body that begins with `{` is JSON, any other YAML, in which duplicate keys are the first of the strict errors. */
function decodingVerdict(body: Body, strictYAMLError: string): DecodingVerdict {
  const { root, error } = body.json ?? body.yaml;
  if (root === undefined) {
    const message = error?.message ?? '';
    const prefix = body.json === undefined ? '' : "couldn't get version/kind; json parse error: ";
    return { known: false, strictErrors: [], decodeError: prefix + message };
  }
  const decoding = strictDecode(root, body.json === undefined ? 'yaml' : 'json', body.text);
  const { known, meta, decodeError, type } = decoding;
  const judged = meta?.kind !== '' && meta?.version !== '' && (!known || decodeError === undefined);
  const yamlErrors = body.json === undefined && strictYAMLError !== '' && judged ? [strictYAMLError] : [];
  // Of a YAML body whose kind it does not know the server's decoder does not tell the kind.
  const named = meta !== undefined && (known || body.json !== undefined);
  return {
    known,
    ...(named ? { gvk: `${meta.group}/${meta.version}, Kind=${meta.kind}` } : {}),
    strictErrors: [...yamlErrors, ...decoding.strictErrors],
    ...(decodeError === undefined ? {} : { decodeError }),
    ...(type === undefined || decodeError !== undefined ? {} : { decoded: writtenObject(root, type, NEWEST_MINOR) }),
  };
}

/** A tree as JSON; the stack is its own, for documents may nest as deep as the reader allows. */
function printJson(root: Tree): string {
  const parts: string[] = [];
  const todo: (Tree | string)[] = [root];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (typeof next === 'string') parts.push(next);
    else if (next.type === 'string') parts.push(JSON.stringify(next.value));
    else if (next.type === 'number') parts.push(next.literal);
    else if (next.type === 'boolean') parts.push(String(next.value));
    else if (next.type === 'null') parts.push('null');
    else {
      const [open, close] = next.type === 'list' ? ['[', ']'] : ['{', '}'];
      parts.push(open);
      todo.push(close);
      const children =
        next.type === 'list'
          ? next.items.map((item): (Tree | string)[] => [item])
          : next.entries.map((entry): (Tree | string)[] => [entry.value, `${JSON.stringify(entry.key)}:`]);
      for (const [index, child] of [...children.entries()].reverse()) {
        todo.push(...child);
        if (index > 0) todo.push(',');
      }
    }
  }
  return parts.join('');
}
