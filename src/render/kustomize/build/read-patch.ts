import type { Span } from '../../../text/tree.ts';
import { readJson } from '../../../text/json/read-json.ts';
import type { YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { nodeFromTree } from '../node/from-tree.ts';
import type { Fields, PlacedText } from '../read/decode.ts';
import type { Loader } from '../read/loader.ts';
import { shiftTree } from '../read/text-space.ts';
import { readOperations, type JsonOperation } from '../transform/json-patch.ts';
import { readTree, type Build } from './build.ts';

/** The text of a patch, and where it begins in the text space. */
export interface PatchText {
  readonly text: string;
  readonly base: number;
  readonly objects: () => YamlNode[];
}

/** A patch that stands in a file. */
export function patchFile(build: Build, loader: Loader, path: string): PatchText {
  const file = loader.load(path);
  return { text: file.text, base: build.space.add(file), objects: () => build.objectsOf(file) };
}

/** A patch that stands in the kustomization, blanks around it cut off. */
export function inlinePatch(build: Build, { value, span }: PlacedText): PatchText {
  const text = value.trim();
  const base = build.space.addInline(value, span) + (value.length - value.trimStart().length);
  return { text, base, objects: () => build.objectsIn({ value: text, span }) };
}

/** What a patch is read as. */
export type PatchReading =
  { readonly objects: readonly YamlNode[] } | { readonly operations: readonly JsonOperation[] | undefined };

/**
 * Finds out whether a text holds strategic merge patches or a JSON patch (mirrors kustomize api v0.21.2, PatchTransformer, `Config`): an object is a map
 * and operations are a list, so that no text is both.
 */
export function readPatch(patch: PatchText, source: string): PatchReading {
  const isList = LIST.test(patch.text);
  const operations = isList ? attempt(() => readJsonPatch(patch, 'patches')) : undefined;
  if (Array.isArray(operations) && operations.length > 0) return { operations };
  const objects = attempt(patch.objects);
  if (!(objects instanceof KustomizeFailure)) return { objects };
  const read = isList ? operations : attempt(() => readJsonPatch(patch, 'patches'));
  if (!(read instanceof KustomizeFailure)) return { operations: read };
  throw new KustomizeFailure(`unable to parse SM or JSON patch from ${source}`, objects.span);
}

/** What begins like a list, behind comments; anything else may be one, too. */
const LIST = /^(?:#.*\n)*(?:\[|- )/;

function attempt<T>(read: () => T): T | KustomizeFailure {
  try {
    return read();
  } catch (error) {
    if (error instanceof KustomizeFailure) return error;
    throw error;
  }
}

/** The operations of a JSON patch; undefined for null. What begins with a bracket must be JSON. */
export function readJsonPatch({ text, base }: PatchText, by: string): readonly JsonOperation[] | undefined {
  if (text === '') throw new KustomizeFailure('empty json patch operations');
  const tree = text.startsWith('[') ? readStrictJson(text, base) : readTree(text, base, '');
  if (tree === undefined) return undefined;
  const operations = readOperations(nodeFromTree(tree), by);
  if (operations === undefined) {
    throw new KustomizeFailure('json: cannot unmarshal object into Go value of type jsonpatch.Patch', tree);
  }
  return operations;
}

function readStrictJson(text: string, base: number): ReturnType<typeof shiftTree> {
  const { root, error } = readJson(text, 0, text.length, 'body');
  if (error !== undefined || root === undefined) {
    const start = base + (error?.offset ?? 0);
    throw new KustomizeFailure(`json: ${error?.message ?? 'unexpected end of JSON input'}`, { start, end: start + 1 });
  }
  return shiftTree(root, base);
}

/** The one place that an entry must name its patch in. */
export function patchTextOf(
  build: Build,
  loader: Loader,
  entry: Fields,
): { readonly patch: PatchText; readonly source: string; readonly span: Span } {
  const inline = entry.placed('patch');
  const path = entry.placed('path');
  if (inline.value.trim() === '' && path.value === '') {
    throw new KustomizeFailure('must specify one of patch and path in', entry.span);
  }
  if (inline.value.trim() !== '' && path.value !== '') {
    throw new KustomizeFailure("patch and path can't be set at the same time", entry.span);
  }
  if (path.value === '') {
    return { patch: inlinePatch(build, inline), source: '[patch]', span: inline.span };
  }
  try {
    return { patch: patchFile(build, loader, path.value), source: `[path: "${path.value}"]`, span: path.span };
  } catch (error) {
    if (!(error instanceof KustomizeFailure)) throw error;
    const message = `failed to get the patch file from path(${path.value}): ${error.message}`;
    throw new KustomizeFailure(message, error.span ?? path.span, error.needs);
  }
}
