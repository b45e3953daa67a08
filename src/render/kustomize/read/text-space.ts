import type { SourceFile, SourcePart } from '../../../text/source.ts';
import type { Span } from '../../../text/tree.ts';
import type { Shift } from '../node/shift.ts';
import type { MapNode, StringNode, Tree } from '../../../text/tree.ts';

/** A stretch of the text space: a file, or text that a file holds in one of its values. */
interface Region {
  readonly start: number;
  readonly end: number;
  /** For text in a value: where each of its lines begins in the space, by the offset in the text at which the line begins. */
  readonly lines: readonly (readonly [offset: number, place: number])[] | undefined;
  /** The value as a whole, for text whose lines cannot be followed. */
  readonly whole: Span;
}

/**
 * The texts of a build, one behind another, so that a place in any of them is a number. Text in values (inline patches) has places of its
 * own while it is read; `place` leads back into the file.
 */
export class TextSpace {
  private readonly regions: Region[] = [];
  private readonly parts: SourcePart[] = [];
  private readonly bases = new Map<SourceFile, number>();
  private inlineEnd = INLINE;
  private fileEnd = 0;

  /** Where a file begins in the space. */
  add(file: SourceFile): number {
    const known = this.bases.get(file);
    if (known !== undefined) return known;
    const start = this.fileEnd;
    this.bases.set(file, start);
    this.parts.push({ file, start });
    this.fileEnd += file.text.length + 1;
    return start;
  }

  /** Where the text of a value begins. */
  addInline(text: string, value: Span): number {
    const start = this.inlineEnd;
    this.inlineEnd += text.length + 1;
    const source = this.textAt(value);
    const lines = !source?.startsWith('|') ? undefined : linesOf(text, source, value.start);
    this.regions.push({ start, end: this.inlineEnd, lines, whole: value });
    return start;
  }

  /** Takes in the texts of another space behind its own; undefined, and nothing is done, where they share a file. */
  join(other: TextSpace): Shift | undefined {
    if (other.parts.some(({ file }) => this.bases.has(file))) return undefined;
    const [distance, inlineDistance] = [this.fileEnd, this.inlineEnd - INLINE];
    const by = (place: number): number => (place < 0 ? 0 : place < INLINE ? distance : inlineDistance);
    const span = ({ start, end }: Span): Span => ({ start: start + by(start), end: end + by(start) });
    for (const { file } of other.parts) this.add(file);
    for (const { start, end, lines, whole } of other.regions) {
      this.regions.push({
        start: start + inlineDistance,
        end: end + inlineDistance,
        lines: lines?.map(([offset, place]) => [offset, place + by(place)] as const),
        whole: span(whole),
      });
    }
    this.inlineEnd += other.inlineEnd - INLINE;
    return { by, span };
  }

  /** Translates a place in the text of a value into one in its file. */
  place(span: Span): Span {
    if (span.start < INLINE) return span;
    const region = this.regions.findLast(({ start, end }) => span.start >= start && span.start < end);
    if (region === undefined) return { start: 0, end: 0 };
    if (region.lines === undefined) return this.place(region.whole);
    const start = follow(region.lines, span.start - region.start);
    const end = follow(region.lines, Math.min(span.end, region.end) - region.start);
    return this.place({ start, end: Math.max(start, end) });
  }

  /** The file that the spans of finished documents count in. */
  toFile(path: string): SourceFile {
    const { parts } = this;
    // Added one to another: V8 then copies the texts only if somebody looks at the whole, which is hardly ever.
    let text = '';
    for (const { file } of parts) text += `${file.text}\n`;
    return { path, text, parts };
  }

  private textAt({ start, end }: Span): string | undefined {
    if (start >= INLINE) return undefined;
    const part = this.parts.findLast((each) => each.start <= start);
    return part?.file.text.slice(start - part.start, end - part.start);
  }
}

/**
 * Texts in values have places from here on. No string is as long, and a whole is one. Places stay below 2^31, since V8 keeps larger numbers outside
 * of the object, and then those of every tree.
 */
const INLINE = 2 ** 30;

/** Where the lines of a literal block begin in its file, behind their indentation. */
function linesOf(text: string, source: string, start: number): (readonly [number, number])[] {
  const lines: (readonly [number, number])[] = [];
  let inText = 0;
  let inSource = source.indexOf('\n') + 1;
  for (const line of text.split('\n')) {
    const written = source.slice(inSource).split('\n', 1)[0] ?? '';
    const indent = Math.max(0, written.replace(/\r$/, '').length - line.length);
    lines.push([inText, start + inSource + indent]);
    inText += line.length + 1;
    inSource += written.length + 1;
  }
  return lines;
}

function follow(lines: readonly (readonly [number, number])[], offset: number): number {
  const line = lines.findLast(([begin]) => begin <= offset) ?? [0, 0];
  return line[1] + offset - line[0];
}

/** The tree with every span moved by `base`. */
export function shiftTree(tree: Tree, base: number): Tree {
  if (base === 0) return tree;
  const start = tree.start + base;
  const end = tree.end + base;
  if (tree.type === 'map') {
    const entries = tree.entries.map((entry) => ({
      key: entry.key,
      keyStart: entry.keyStart + base,
      keyEnd: entry.keyEnd + base,
      value: shiftTree(entry.value, base),
    }));
    return { ...tree, start, end, entries } satisfies MapNode;
  }
  if (tree.type === 'list') return { ...tree, start, end, items: tree.items.map((item) => shiftTree(item, base)) };
  return { ...tree, start, end } satisfies Exclude<Tree, MapNode> | StringNode;
}
