import { child, type MapNode, type Tree } from '../../text/tree.ts';

/**
 * Whether a document is what a test expects rather than an object: Chainsaw writes expressions in round brackets as names and as keys, which
 * no API server accepts there.
 */
export function isAssertion(root: Tree | undefined): boolean {
  if (root?.type !== 'map') return false;
  const metadata = mapAt(root, 'metadata');
  if (metadata !== undefined && ['name', 'namespace'].some((key) => isExpression(textAt(metadata, key)))) return true;
  return root.entries.some(
    ({ key, value }) =>
      isExpression(key) ||
      (value.type === 'map' && key !== 'data' && value.entries.some((entry) => isExpression(entry.key))),
  );
}

function isExpression(text: string): boolean {
  return text.startsWith('(') && text.endsWith(')');
}

/** Workloads that the server refuses without `spec.selector`. */
const SELECTING: ReadonlySet<string> = new Set(['Deployment', 'DaemonSet', 'ReplicaSet', 'StatefulSet']);

/** What runs something, and is nothing without a spec. */
const RUNNING: ReadonlySet<string> = new Set(['Pod', 'Job', 'CronJob']);

/**
 * Whether a document is a part of an object that is written elsewhere: a patch that no kustomization of the tree names. It leaves out
 * several things at once that every object of its kind must have, so that nobody meant it to be applied as it stands; what lacks one of
 * them is a mistake that the server reports. Fewer are enough where the path says that it is a patch.
 */
export function isFragment(root: Tree | undefined, path: string): boolean {
  if (root?.type !== 'map') return false;
  if (child(root, '$patch') !== undefined) return true;
  const kind = textAt(root, 'kind');
  if (kind === 'CustomResourceDefinition') return isDefinitionPart(root);
  // Policies about objects name them by what they have in common, and by their status.
  if (RUNNING.has(kind) && child(root, 'spec') === undefined) return true;
  if (!SELECTING.has(kind) || !textAt(root, 'apiVersion').includes('/')) return false;
  const spec = mapAt(root, 'spec');
  if (spec === undefined) return textAt(mapAt(root, 'metadata'), 'name') !== '';
  if (child(spec, 'selector') !== undefined) return false;
  const template = mapAt(spec, 'template');
  if (template === undefined) return true;
  if (isInPatches(path) && child(template, 'metadata') === undefined) return true;
  const pod = mapAt(template, 'spec');
  const containers = pod === undefined ? undefined : child(pod, 'containers');
  if (containers?.type !== 'list') return true;
  return containers.items.some((item) => item.type !== 'map' || textAt(item, 'image') === '');
}

/** Whether a file is called a patch, or a directory that it is in holds patches. */
function isInPatches(path: string): boolean {
  return isPatchName(path) || /(?:^|\/)patch(?:es)?\//.test(path);
}

/** Whether a file is called a patch. */
export function isPatchName(path: string): boolean {
  return /(?:^|[-_.])patch(?:es)?(?:[-_.]|$)/.test(path.slice(path.lastIndexOf('/') + 1));
}

/** Kubebuilder's patches of definitions hold annotations or a conversion, and neither group nor names. */
function isDefinitionPart(root: MapNode): boolean {
  const spec = mapAt(root, 'spec');
  return spec === undefined || ['group', 'names'].every((key) => child(spec, key) === undefined);
}

function mapAt(map: MapNode | undefined, key: string): MapNode | undefined {
  const value = map === undefined ? undefined : child(map, key);
  return value?.type === 'map' ? value : undefined;
}

function textAt(map: MapNode | undefined, key: string): string {
  const value = map === undefined ? undefined : child(map, key);
  return value?.type === 'string' ? value.value : '';
}
