import { claimsManifest } from './claims.ts';
import type { SourceDocument } from './source.ts';
import { offlineKind } from './tool-groups.ts';
import { child, type MapNode } from './tree.ts';

/**
 * What a document is. `object` is said of what names `apiVersion` and `kind`, whether or not the kind is known; `broken` of what says that it
 * is one and cannot be read; `tool file` and `test` of what only looks like one and is read by a program on somebody's machine.
 */
export type DocumentKind =
  | 'object'
  | 'template'
  | 'kustomization'
  | 'helm chart'
  | 'helm values'
  | 'tool file'
  | 'test'
  | 'other'
  | 'empty'
  | 'broken';

/**
 * Tells Kubernetes objects from all else that lies in folders of YAML, so that what is not judged can be counted by its kind. A document
 * that was read and says `apiVersion` and `kind` is an object, but for kustomizations and for templates that happen to be YAML.
 */
export function classify(document: SourceDocument): DocumentKind {
  const { file, root, problems } = document;
  if (root === undefined) {
    if (problems.some(({ rule }) => rule === 'not-rendered')) return 'template';
    return claimsManifest(file, document.span) ? 'broken' : 'other';
  }
  if (root.type === 'null') return 'empty';
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  if (/^Chart\.(?:ya?ml|lock)$/.test(name)) return 'helm chart';
  if (root.type !== 'map') return 'other';
  const apiVersion = textAt(root, 'apiVersion');
  if (KUSTOMIZATION_FILE.test(name) || apiVersion.startsWith('kustomize.config.k8s.io/')) return 'kustomization';
  if (apiVersion !== '' && textAt(root, 'kind') !== '')
    return isTalos(root, apiVersion)
      ? 'tool file'
      : (offlineKind(apiVersion) ?? (isTemplate(document) ? 'template' : 'object'));
  // Programs that read their file with Go's JSON do not mind how a key is written.
  const written = root.entries.find(({ key }) => key.toLowerCase() === 'apiversion')?.value;
  const program = written?.type === 'string' ? offlineKind(written.value) : undefined;
  if (program !== undefined) return program;
  return /\bvalues\b.*\.(?:ya?ml|json)$/.test(name) ? 'helm values' : 'other';
}

/** The names under which Kustomize looks for its file. */
const KUSTOMIZATION_FILE = /^(?:kustomization\.ya?ml|Kustomization)$/;

/** What only Helm gives a meaning: other tools use double braces inside strings, too. */
const HELM =
  /\{\{-?\s*(?:\.(?:Values|Release|Chart|Capabilities|Files|Template)\b|(?:include|template|toYaml|tpl|required)\b)/;

/** An expression of ytt in place of a value: its templates are YAML with everything in comments. */
const YTT = /:[ \t]+#@ +\S/;

function isTemplate({ file, span }: SourceDocument): boolean {
  const text = file.text.slice(span.start, span.end);
  if (text.includes('#@') && YTT.test(text)) return true;
  return /(?:^|\/)templates\//.test(file.path) && HELM.test(text);
}

/** Talos' documents about machines have a version without a group, and their name beside it (siderolabs/talos, pkg/machinery/config/types). */
function isTalos(root: MapNode, apiVersion: string): boolean {
  return /^v\d+(?:alpha|beta)\d+$/.test(apiVersion) && child(root, 'metadata') === undefined;
}

function textAt(map: MapNode, key: string): string {
  const value = child(map, key);
  return value?.type === 'string' ? value.value : '';
}
