import type { Chunks } from './chunks.ts';
import { hintFor } from './hints.ts';
import type { JsonError } from './json/failure.ts';
import type { Problem, SourceFile } from './source.ts';
import { templateMark } from './template-mark.ts';
import { child, type Span, type Tree } from './tree.ts';
import type { YamlReading } from './yaml/read-yaml.ts';

/** What is wrong, or worth saying, about a document read from the chunk of YAML at `span`. */
export function yamlProblems(file: SourceFile, text: string, span: Span, reading: YamlReading): Problem[] {
  const { root, error } = reading;
  if (root === undefined || error !== undefined) {
    return [brokenProblem(file, span, error?.message ?? '', error?.span ?? span)];
  }
  const problems: Problem[] = [];
  if (isMeantAsObject(root)) {
    for (const { key, keySpan, overridesMerge } of reading.duplicates) {
      // kubectl sends JSON, in which nothing is there twice.
      if (overridesMerge) continue;
      problems.push({
        rule: 'duplicate-key',
        file,
        span: keySpan,
        message: `key ${key} already set in map`,
        hint: 'remove one of them: the decoder silently keeps the last',
      });
    }
    for (const { keySpan } of reading.collisions) {
      problems.push({
        rule: 'duplicate-key',
        file,
        span: keySpan,
        message:
          'this key is another one in YAML and the same in JSON as an earlier key: chance decides whose value counts',
        hint: 'keep one of them, or put it in quotes and give it a name of its own',
      });
    }
    for (const { start, end, text: left } of reading.ignoredTags) {
      problems.push(tagProblem(file, { start, end }, left));
    }
  }
  const dropped = droppedText(text, reading.end, span.end);
  if (dropped !== undefined) {
    problems.push({
      rule: 'parse',
      file,
      span: dropped,
      message: 'this text is not read: a YAML document ended before it',
      hint: 'write `---` on a line of its own before it',
    });
  }
  return problems;
}

/** A broken document: a template that was not rendered, or an error of the reader. */
function brokenProblem(file: SourceFile, within: Span, message: string, span: Span): Problem {
  // Bytes that are no text are never a template, whatever they spell.
  const template = file.bytes === undefined ? templateMark(file.text, within) : undefined;
  if (template !== undefined) return templateProblem(file, template, message);
  const at = { start: Math.min(span.start, within.end), end: Math.min(span.end, within.end) };
  const hint = hintFor(message, file.text.charAt(at.start));
  return { rule: 'parse', file, span: at, message, ...(hint === undefined ? {} : { hint }) };
}

function templateProblem(file: SourceFile, span: Span, message: string): Problem {
  return {
    rule: 'not-rendered',
    file,
    span,
    message: `this file is a template that was not rendered (${message})`,
    hint: 'render it first, for example with `helm template`, and lint the output',
  };
}

function tagProblem(file: SourceFile, span: Span, left: string | undefined): Problem {
  const tag = file.text.slice(span.start, span.end);
  const message =
    left === undefined
      ? `\`${tag}\` is read as a YAML tag and dropped`
      : `\`${tag}\` is read as a YAML tag and dropped: the value is ${left === '' ? 'the empty string' : `\`${left}\``}`;
  return {
    rule: 'tag-ignored',
    file,
    span,
    message,
    hint: `put the whole value in quotes: '${tag}${left ? ` ${left}` : ''}'`,
  };
}

/** Text between the end of the first document of a chunk and the end of the chunk, other than comments and `...`. */
function droppedText(text: string, from: number, to: number): Span | undefined {
  for (let offset = from; offset < to;) {
    const found = text.indexOf('\n', offset);
    const end = found < 0 ? to : Math.min(found, to);
    const line = text.slice(offset, end).trim();
    if (line !== '' && !line.startsWith('#') && !/^\.\.\.(?:\s|$)/.test(line)) {
      const start = offset + text.slice(offset, end).search(/\S/);
      return { start, end };
    }
    offset = end + 1;
  }
  return undefined;
}

/** Whether a document says, by `apiVersion` or `kind`, that it is a Kubernetes object: other YAML may do as it likes. */
function isMeantAsObject(root: Tree): boolean {
  return root.type === 'map' && (child(root, 'apiVersion') !== undefined || child(root, 'kind') !== undefined);
}

/** A line that only looks like a separator: kubectl stops there. */
export function separatorProblem(file: SourceFile, error: NonNullable<Chunks['error']>): Problem {
  const { span, lost, message } = error;
  const template = templateMark(file.text, { start: lost.start, end: span.end });
  if (template !== undefined) return templateProblem(file, template, message);
  return {
    rule: 'parse',
    file,
    span,
    message,
    hint: 'write `---` on a line of its own; neither the document before this line nor anything behind it is read',
  };
}

/** Broken JSON: kubectl stops there. */
export function jsonProblem(file: SourceFile, error: JsonError): Problem {
  const { offset } = error;
  const template = templateMark(file.text, { start: 0, end: file.text.length });
  const bytes = utf8Length(file.text, offset);
  const message = error.message === 'unexpected EOF' ? error.message : `json: offset ${bytes + 1}: ${error.message}`;
  if (template !== undefined) return templateProblem(file, template, message);
  return {
    rule: 'parse',
    file,
    span: { start: offset, end: Math.min(offset + 1, file.text.length) },
    message,
    hint: 'nothing behind this place is read',
  };
}

/** A document that is deeper than later rooms are made for. */
export function tooDeep(file: SourceFile, root: Tree, limit: number): Problem {
  return {
    rule: 'parse',
    file,
    span: { start: root.start, end: Math.min(root.start + 1, file.text.length) },
    message: `this document nests more than ${limit} levels deep, and was not judged`,
    hint: 'no object of Kubernetes nests so deep',
  };
}

function utf8Length(text: string, end: number): number {
  let bytes = 0;
  for (let index = 0; index < end; index++) {
    const code = text.charCodeAt(index);
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3;
  }
  return bytes;
}
