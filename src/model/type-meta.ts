import { compareBytes } from '../lang/byte-order.ts';
import { goQuote } from '../lang/go-quote.ts';
import type { Entry, Tree } from '../text/tree.ts';

/** An object's group, version and kind as the server finds them before it decodes; or why it cannot. */
export type TypeMetaResult = TypeMeta | { readonly error: string };

export interface TypeMeta {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/**
 * Looks for apiVersion and kind as the server does: whatever the case of the letters, the last one met wins, nulls count for nothing.
 * `sorted` says that keys are met in byte order (YAML turned into JSON). Mirrors apimachinery, serializer/json/meta.go.
 */
export function typeMetaOf(root: Tree, sorted: boolean): TypeMetaResult {
  const found = { apiVersion: '', kind: '' };
  if (root.type !== 'map') return root.type === 'null' ? split(found.apiVersion, found.kind) : notAnObject(root);
  let error: string | undefined;
  const entries = sorted ? root.entries.toSorted((a, b) => compareBytes(a.key, b.key)) : root.entries;
  for (const entry of entries) {
    const name = matchingName(entry);
    if (name === undefined || entry.value.type === 'null') continue;
    if (entry.value.type === 'string') found[name] = entry.value.value;
    else error ??= `json: cannot unmarshal ${goWord(entry.value)} into Go struct field .${name} of type string`;
  }
  return error === undefined ? split(found.apiVersion, found.kind) : { error: `${NO_META}${error}` };
}

const NO_META = "couldn't get version/kind; json parse error: ";

function matchingName({ key }: Entry): 'apiVersion' | 'kind' | undefined {
  if (key === 'apiVersion' || key === 'kind') return key;
  if (key.length !== 4 && key.length !== 10) return undefined;
  // Go folds the Kelvin sign to k (as lower-casing does) and the long s to s.
  const folded = key.toLowerCase().replaceAll('ſ', 's');
  return folded === 'kind' ? 'kind' : folded === 'apiversion' ? 'apiVersion' : undefined;
}

function notAnObject(root: Tree): { readonly error: string } {
  const target = String.raw`struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" }`;
  return { error: `${NO_META}json: cannot unmarshal ${goWord(root)} into Go value of type ${target}` };
}

function goWord(node: Tree): string {
  return node.type === 'list' ? 'array' : node.type === 'map' ? 'object' : node.type === 'boolean' ? 'bool' : node.type;
}

function split(apiVersion: string, kind: string): TypeMetaResult {
  const parsed = parseApiVersion(apiVersion);
  return parsed === undefined ? { error: `unexpected GroupVersion string: ${apiVersion}` } : { ...parsed, kind };
}

/** Splits `apps/v1`; undefined for more than one slash. Mirrors schema.ParseGroupVersion. */
export function parseApiVersion(apiVersion: string): { readonly group: string; readonly version: string } | undefined {
  if (apiVersion === '' || apiVersion === '/') return { group: '', version: '' };
  const slash = apiVersion.indexOf('/');
  if (slash < 0) return { group: '', version: apiVersion };
  if (apiVersion.includes('/', slash + 1)) return undefined;
  return { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

/** `apps/v1`, or `v1` for the core group. */
export function formatApiVersion({ group, version }: { readonly group: string; readonly version: string }): string {
  return group === '' ? version : `${group}/${version}`;
}

/** What the server says about a kind it does not know. */
export function notRegistered(meta: TypeMeta): string {
  const where = goQuote(formatApiVersion(meta));
  return `no kind ${goQuote(meta.kind)} is registered for version ${where} in scheme "pkg/runtime/scheme.go:111"`;
}
