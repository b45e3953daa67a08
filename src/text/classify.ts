import type { SourceDocument } from './source.ts';
import { child, type MapNode } from './tree.ts';

/** What a document is, and a sentence (lower case, no full stop) that says how that is known. */
export interface Classification {
  readonly kind: 'object' | 'helm-template' | 'kustomization' | 'values' | 'other' | 'empty' | 'broken';
  readonly reason: string;
}

/**
 * Tells Kubernetes objects from all else that lies in folders of YAML, so that what is not judged can be counted by its kind. A document
 * that was read and says `apiVersion` and `kind` is an object, but for kustomizations and for templates that happen to be YAML.
 */
export function classify(document: SourceDocument): Classification {
  const { root, problems } = document;
  if (root === undefined) {
    const [problem] = problems;
    if (problem?.rule === 'not-rendered') return { kind: 'helm-template', reason: problem.message };
    return { kind: 'broken', reason: problem?.message ?? 'it could not be read' };
  }
  if (root.type === 'null') return { kind: 'empty', reason: 'it holds nothing but comments' };
  if (root.type !== 'map') return { kind: 'other', reason: `it is a ${root.type}, not an object` };
  return classifyMap(document, root);
}

function classifyMap(document: SourceDocument, root: MapNode): Classification {
  const { path } = document.file;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const apiVersion = textAt(root, 'apiVersion');
  const kind = textAt(root, 'kind');
  if (apiVersion.startsWith('kustomize.config.k8s.io/')) {
    return { kind: 'kustomization', reason: `it is a source of Kustomize (${apiVersion})` };
  }
  if (/^(?:kustomization\.ya?ml|Kustomization)$/.test(name)) {
    return { kind: 'kustomization', reason: `it is a source of Kustomize (${name})` };
  }
  if (apiVersion !== '' && kind !== '') {
    if (isTemplate(document)) return { kind: 'helm-template', reason: 'it is a template of a Helm chart' };
    return { kind: 'object', reason: `it says ${apiVersion} ${kind}` };
  }
  if (/^Chart\.ya?ml$/.test(name)) return { kind: 'values', reason: 'it describes a Helm chart' };
  if (/^values\b.*\.(?:ya?ml|json)$/.test(name)) return { kind: 'values', reason: 'it holds values for a Helm chart' };
  if (child(root, '$schema') !== undefined) return { kind: 'other', reason: 'it names a JSON schema' };
  if (kind !== '') return { kind: 'other', reason: `it says kind ${kind} and no apiVersion` };
  if (apiVersion !== '') return { kind: 'other', reason: `it says apiVersion ${apiVersion} and no kind` };
  return { kind: 'other', reason: 'it says neither apiVersion nor kind' };
}

/** What only Helm gives a meaning: other tools use double braces inside strings, too. */
const HELM =
  /\{\{-?\s*(?:\.(?:Values|Release|Chart|Capabilities|Files|Template)\b|(?:include|template|toYaml|tpl|required)\b)/;

function isTemplate({ file, span }: SourceDocument): boolean {
  if (!/(?:^|\/)templates\//.test(file.path)) return false;
  return HELM.test(file.text.slice(span.start, span.end));
}

function textAt(map: MapNode, key: string): string {
  const value = child(map, key);
  return value?.type === 'string' ? value.value : '';
}
