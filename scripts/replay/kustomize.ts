import { renderKustomization, type Rendering } from '../../src/render/kustomize/render-kustomization.ts';
import type { FileTree } from '../../src/render/kustomize/read/loader.ts';
import type { SourceFile } from '../../src/text/source.ts';
import type { Tree } from '../../src/text/tree.ts';

interface Case {
  readonly id: string;
  readonly files: Readonly<Record<string, string>>;
  /** For files that are not UTF-8. */
  readonly filesBase64?: Readonly<Record<string, string>>;
  readonly root: string;
  readonly options?: {
    readonly loadRestrictor?: string;
    readonly reorder?: string;
    readonly dirs?: readonly string[];
  };
}

/** The verdict on one case of the Kustomize oracle, as JSON text: the documents, or the class of the error. */
export function answer({ id, files, filesBase64 = {}, root, options = {} }: Case): string {
  const rendering = renderKustomization(treeOf(files, filesBase64, options.dirs ?? []), root, {
    isUnrestricted: options.loadRestrictor === 'LoadRestrictionsNone',
    ...(options.reorder === 'none' || options.reorder === 'legacy' ? { reorder: options.reorder } : {}),
  });
  return printVerdict(id, rendering);
}

function printVerdict(id: string, { documents, failure, warnings }: Rendering): string {
  const lines = warnings.flatMap((warning) => warning.split('\n')).filter((line) => line.trim() !== '');
  const stderr = `,"stderr":${JSON.stringify(lines)}`;
  if (failure !== undefined) {
    const { message, about = '' } = failure;
    return `{"id":${JSON.stringify(id)},"class":${JSON.stringify(classOf(`${about}${message}`))},"error":${JSON.stringify(message)}${stderr}}`;
  }
  const printed = documents.map(({ root }) => (root === undefined ? 'null' : printJson(root)));
  return `{"id":${JSON.stringify(id)},"documents":[${printed.join(',')}]${stderr}}`;
}

/** The files of a case, and every directory that holds one. */
export function treeOf(
  files: Readonly<Record<string, string>>,
  base64: Readonly<Record<string, string>>,
  directories: readonly string[],
): FileTree {
  const byPath = new Map<string, SourceFile>();
  for (const [path, text] of Object.entries(files)) byPath.set(path, { path, text });
  for (const [path, encoded] of Object.entries(base64)) {
    const bytes = Buffer.from(encoded, 'base64');
    byPath.set(path, { path, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), bytes });
  }
  const known = new Set(['/', ...directories]);
  for (const path of [...byPath.keys(), ...directories.map((each) => `${each}/x`)]) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) known.add(path.slice(0, at));
  }
  return { file: (path) => byPath.get(path), isDirectory: (path) => known.has(path) };
}

/** Numbers as the tree spells them, since JavaScript cannot hold them all. */
function printJson(tree: Tree): string {
  switch (tree.type) {
    case 'map':
      return `{${tree.entries.map(({ key, value }) => `${JSON.stringify(key)}:${printJson(value)}`).join(',')}}`;
    case 'list':
      return `[${tree.items.map(printJson).join(',')}]`;
    case 'null':
      return 'null';
    case 'number':
      return tree.literal;
    default:
      return JSON.stringify(tree.value);
  }
}

/** The oracle's classes of errors: the first line whose text the message holds, as beside the oracle. */
const CLASSES: readonly (readonly [name: string, ...texts: string[]])[] = [
  ['panic', 'panic: '],
  ['helm', '--enable-helm'],
  ['plugin', 'plugins disabled', 'unable to load builtin', 'external plugins'],
  ['restricted', 'security; file', 'cannot be absolute'],
  ['cycle', 'cycle detected'],
  ['remote', "no 'git' program on path", 'network disabled'],
  ['no-kustomization', "unable to find one of 'kustomization.yaml'"],
  ['many-kustomizations', 'Found multiple kustomization files'],
  ['unknown-field', 'unknown field'],
  ['bad-type', 'cannot unmarshal'],
  ['version', 'Failed to read kustomization file under'],
  ['empty', 'kustomization.yaml is empty'],
  ['component', 'expected kind'],
  ['conflict', 'may not add resource with an already registered id', 'namespace transformation produces ID conflict'],
  ['behavior', 'behavior must be merge or replace', 'cannot merge or replace'],
  ['patch-target', 'no matches for Id', 'multiple matches for Id', 'must specify a target for JSON patch'],
  ['patch-target', 'Multiple Strategic-Merge Patches'],
  ['patch', 'unable to parse SM or JSON patch', 'illegally qualifies as both', 'must specify one of patch and path'],
  ['patch', "patch and path can't be set", 'patch appears to be empty'],
  ['jsonpatch', 'operation does not apply', 'replace operation', 'remove operation', 'add operation', 'testing value'],
  ['jsonpatch', 'testing path', 'missing value', 'Unexpected kind: '],
  ['nameref', 'multiple possible referrals', 'updating name reference'],
  [
    'replacement',
    'in replacement target',
    'replacement source',
    'nothing selected by',
    'multiple matches for selector',
  ],
  ['replacement', 'delimiter option', 'out of bounds', 'replacements must specify', 'target must specify resources'],
  ['var', "var '", 'for var '],
  ['openapi', 'OpenAPI', 'schema'],
  ['sort', 'sortOptions'],
  ['buildMetadata', 'buildMetadata'],
  ['replicas', 'replicas'],
  ['generator', 'literal source', 'file source', 'env source', 'illegally repeats the key', 'must have a name'],
  ['json', 'unsupported value', 'unsupported type'],
  ['malformed', 'mapping key'],
  ['replicas', 'does not match a config with the following GVK'],
  ['patch', 'unknown patch strategy'],
  ['jsonpatch', 'error in remove for path'],
  ['validator', "validator shouldn't modify"],
  ['plugin', 'fails configuration'],
  ['generator', 'duplicate key', 'cannot add key', 'already exists'],
  ['label-selector', 'unable to parse requirement'],
  ['regexp', 'error parsing regexp'],
  ['metadata', 'missing Resource metadata', 'missing metadata.name', 'missing kind'],
  ['malformed', 'MalformedYAMLError', 'invalid Kustomization', 'error converting YAML to JSON', 'empty item at'],
  ['missing', "doesn't exist", 'not found', 'no such file', 'not a valid directory', 'file is not directory'],
];

function classOf(message: string): string {
  return CLASSES.find(([, ...texts]) => texts.some((text) => message.includes(text)))?.[0] ?? 'other';
}
