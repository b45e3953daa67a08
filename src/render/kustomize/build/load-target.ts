import { KustomizeFailure, within } from '../failure/kustomize-failure.ts';
import type { Fields } from '../read/decode.ts';
import type { Loader } from '../read/loader.ts';
import type { Build, Target } from './build.ts';

/** The names that a kustomization file may have. */
export const KUSTOMIZATION_FILES: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Reads and checks the kustomization of a directory (mirrors kustomize api v0.21.2, internal/target/kusttarget.go, `Load`). */
export function loadTarget(build: Build, loader: Loader): Target {
  const found = KUSTOMIZATION_FILES.flatMap((name) => {
    const file = loader.own(name);
    return file === undefined ? [] : [{ name, file }];
  });
  const [only] = found;
  if (only === undefined) {
    const names = "'kustomization.yaml', 'kustomization.yml' or 'Kustomization'";
    throw new KustomizeFailure(`unable to find one of ${names} in directory '${loader.root}'`);
  }
  if (found.length > 1) throw new KustomizeFailure(`Found multiple kustomization files under: ${loader.root}`);
  const fields = build.kustomizationOf(only.file);
  const start = build.space.add(only.file);
  const span = { start, end: start };
  build.warnings.push(...deprecations(fields));
  if (isEmptyKustomization(fields)) throw new KustomizeFailure('kustomization.yaml is empty', span);
  const problems = wrongType(fields);
  if (problems.length > 0) {
    const at = fields.get('apiVersion') ?? fields.get('kind') ?? span;
    throw new KustomizeFailure(`Failed to read kustomization file under ${loader.root}:\n${problems.join('\n')}`, at);
  }
  return { fields, file: only.file, fileName: only.name, loader };
}

const EDIT_FIX = "Run 'kustomize edit fix' to update your Kustomization automatically.";
const DEPRECATED: readonly (readonly [field: string, instead: string, advice: string])[] = [
  ['bases', 'resources', EDIT_FIX],
  ['commonLabels', 'labels', EDIT_FIX],
  ['imageTags', 'images', EDIT_FIX],
  ['patchesJson6902', 'patches', EDIT_FIX],
  ['patchesStrategicMerge', 'patches', EDIT_FIX],
  ['vars', 'replacements', `[EXPERIMENTAL] ${EDIT_FIX}`],
];

function deprecations(fields: Fields): string[] {
  return DEPRECATED.filter(([field]) => fields.has(field)).map(
    ([field, instead, advice]) => `# Warning: '${field}' is deprecated. Please use '${instead}' instead. ${advice}`,
  );
}

/** Fields that count only with something in them, since what they hold joins another field, or is a text. */
const JOINED = ['bases', 'imageTags', 'helmChartInflationGenerator'];

/** Whether nothing is set but kind and apiVersion; an empty list or map counts as something, an empty text does not. */
function isEmptyKustomization(fields: Fields): boolean {
  const { tree } = fields;
  if (tree?.type !== 'map') return true;
  return tree.entries.every(({ key, value }) => {
    const name = key.toLowerCase();
    if (name === 'kind' || name === 'apiversion' || value.type === 'null') return true;
    if (value.type === 'string') return value.value === '';
    return JOINED.some((each) => each.toLowerCase() === name) && value.type === 'list' && value.items.length === 0;
  });
}

/** Reads the kustomization of a directory that another includes, and the schema that it names. */
export function loadDirectory(build: Build, loader: Loader, asComponent: boolean): Target {
  const target = within(undefined, `couldn't make target for path '${loader.root}': `, () => loadTarget(build, loader));
  build.attempt(['changes'], () => {
    setSchema(build, target, false);
  });
  if ((target.fields.text('kind') === 'Component') !== asComponent) {
    const expected = asComponent ? `expected kind 'Component'` : `expected kind != 'Component'`;
    throw new KustomizeFailure(`${expected} for path '${loader.root}'`);
  }
  return target;
}

function wrongType(fields: Fields): string[] {
  const kind = fields.text('kind') || 'Kustomization';
  const required = `kustomize.config.k8s.io/${kind === 'Component' ? 'v1alpha1' : 'v1beta1'}`;
  const apiVersion = fields.text('apiVersion') || required;
  return [
    ...(kind === 'Kustomization' || kind === 'Component' ? [] : ['kind should be Kustomization or Component']),
    ...(apiVersion === required ? [] : [`apiVersion for ${kind} should be ${required}`]),
  ];
}

/** Takes notice of the schema that a kustomization names. */
export function setSchema(build: Build, { fields, loader }: Target, isRoot: boolean): void {
  const pairs = fields.pairs('openapi');
  const path = pairs.find(({ key }) => key === 'path');
  const version = pairs.find(({ key }) => key === 'version');
  within(fields.get('openapi'), '', () => {
    build.schemas.set(version?.value, path === undefined ? undefined : loader.load(path.value), isRoot);
  });
}
