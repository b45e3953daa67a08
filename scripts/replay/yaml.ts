import { readBodies, type Body } from '../../src/text/read.ts';
import type { SourceFile } from '../../src/text/source.ts';
import type { Tree } from '../../src/text/tree.ts';
import { duplicatesMessage } from '../../src/text/yaml/read-yaml.ts';

interface Case {
  readonly id: string;
  readonly text?: string;
  /** In place of `text`, for bytes that are not UTF-8. */
  readonly base64?: string;
}

/** The verdict on one case of the schema oracle: what the API server makes of each chunk of a file. */
export function answer(input: Case): object {
  const { bodies, error } = readBodies(fileOf(input));
  return { id: input.id, documents: bodies.map(documentVerdict), ...(error === undefined ? {} : { readError: error }) };
}

function fileOf({ id, text = '', base64 = '' }: Case): SourceFile {
  if (base64 === '') return { path: id, text };
  const bytes = Buffer.from(base64, 'base64');
  return { path: id, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), bytes };
}

/** What the API server makes of one body; the reading of its text first, then its decoding. */
function documentVerdict(body: Body): object {
  const { root, error, duplicates } = body.yaml;
  return {
    text: body.text,
    json: root === undefined ? null : printJson(root),
    yamlError: error?.message ?? '',
    strictYAMLError: error === undefined ? duplicatesMessage(body.source, body.span.start, duplicates) : '',
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
