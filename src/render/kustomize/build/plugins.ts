import type { Tree } from '../../../text/tree.ts';
import type { Lack } from '../failure/gap.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { generate } from '../generate/generator.ts';
import { addHashes } from '../generate/hash.ts';
import { lookupPath } from '../node/path-getter.ts';
import { replaceScalar, scalarNode, textNode } from '../node/edit.ts';
import { demandKind } from '../node/fields.ts';
import { splitPath } from '../node/paths.ts';
import { treeOf } from '../node/to-tree.ts';
import { demandJson } from '../node/values.ts';
import { checkType, Fields, type PlacedText } from '../read/decode.ts';
import type { Loader } from '../read/loader.ts';
import { baseName } from '../read/posix-path.ts';
import { PLUGINS } from '../read/types.ts';
import {
  kindOf,
  apiVersionText,
  newObject,
  newResource,
  setAnnotation,
  setName,
  setNamespace,
  type Resource,
} from '../resource/resource.ts';
import type { ResourceList } from '../resource/resource-list.ts';
import { selectResources } from '../resource/selector.ts';
import { imageSetter } from '../transform/images.ts';
import { setNamespaceOf, setNamespaces } from '../transform/namespace.ts';
import { selectorOf } from '../transform/replacements.ts';
import { affixNames, setReplicas, setTexts } from '../transform/simple.ts';
import type { FieldSpec } from '../transform/field-spec.ts';
import type { Build } from './build.ts';
import { readFieldSpec } from './configurations.ts';
import { pluginOrigin, type Origin } from './origins.ts';
import {
  countOf,
  jsonPatchTransformer,
  patchTransformer,
  replacementStep,
  strategicMergeTransformer,
  type Transformer,
} from './transformers.ts';

/** A generator or transformer that an object configures. */
export interface Plugin<T> {
  readonly step: T;
  readonly origin: Origin | undefined;
}

const GENERATORS = ['ConfigMapGenerator', 'IAMPolicyGenerator', 'SecretGenerator', 'HelmChartInflationGenerator'];

/** The transformers that objects of `transformers:` configure (mirrors kustomize api v0.21.2, internal/plugins/loader). */
export function transformerPlugins(build: Build, loader: Loader, objects: readonly Resource[]): Plugin<Transformer>[] {
  return plugins(build, objects, ['changes'], (object) =>
    configure(build, object, (fields) => transformerPlugin(build, loader, object, fields)),
  );
}

/** The generators that objects of `generators:` configure. */
export function generatorPlugins(build: Build, loader: Loader, objects: readonly Resource[]): Plugin<() => Resource>[] {
  return plugins(build, objects, generatedBy, (object) =>
    configure(build, object, (fields) => generatorPlugin(build, loader, object, fields)),
  );
}

function plugins<T>(
  build: Build,
  objects: readonly Resource[],
  lacks: readonly Lack[] | ((object: Resource) => readonly Lack[]),
  stepOf: (object: Resource) => T,
): Plugin<T>[] {
  return objects.flatMap((object) => {
    const lacking = typeof lacks === 'function' ? lacks(object) : lacks;
    return build.attempt(lacking, () => [{ step: stepOf(object), origin: pluginOrigin(object) }]) ?? [];
  });
}

/** What generators make that are there to decrypt: KSOPS and SopsSecretGenerator keep Secrets and ConfigMaps in a repository. */
function generatedBy(object: Resource): readonly Lack[] {
  return /sops|secret/i.test(kindOf(object)) ? ['secrets'] : ['objects'];
}

/** Checks that a plugin is built in, and decodes its configuration. */
function configure<T>(build: Build, object: Resource, make: (fields: Fields) => T): T {
  const kind = kindOf(object);
  if (apiVersionText(object) !== 'builtin') {
    throw new KustomizeFailure(
      `external plugins disabled; unable to load external plugin '${kind}'`,
      object.root,
      'plugin',
    );
  }
  const type = PLUGINS[kind];
  if (kind === 'HelmChartInflationGenerator') {
    throw new KustomizeFailure('plugin fails configuration: must specify --enable-helm', object.root, 'helm');
  }
  if (type === undefined) throw new KustomizeFailure(`unable to load builtin ${kind}`, object.root, 'plugin');
  return build.within(object.root, `plugin ${kind} fails configuration: `, () => {
    demandJson(object.root);
    const { tree } = treeOf(object.root, (span) => span);
    checkType(tree satisfies Tree, type, false);
    return make(new Fields(tree));
  });
}

function specsOf(fields: Fields): FieldSpec[] {
  return fields.list('fieldSpecs').map(readFieldSpec);
}

function transformerPlugin(build: Build, loader: Loader, object: Resource, fields: Fields): Transformer {
  const kind = kindOf(object);
  const specs = specsOf(fields);
  const step = (run: Transformer['run']): Transformer => ({ kind, run });
  switch (kind) {
    case 'AnnotationsTransformer':
      return step((list) => {
        setTexts(list, fields.pairs('annotations'), specs);
      });
    case 'LabelTransformer':
      return step((list) => {
        setTexts(list, fields.pairs('labels'), specs);
      });
    case 'NamespaceTransformer': {
      const namespace = fields.fields('metadata')?.placed('namespace') ?? { value: '', span: fields.span };
      const options = { unsetOnly: fields.isTrue('unsetOnly'), subjects: fields.text('setRoleBindingSubjects') };
      if (!['', 'defaultOnly', 'allServiceAccounts', 'none'].includes(options.subjects)) {
        throw new KustomizeFailure(`invalid value "${options.subjects}" for setRoleBindingSubjects`);
      }
      return step((list) => {
        setNamespaces(list, namespace, specs, build.note, options);
      });
    }
    case 'PrefixTransformer':
    case 'SuffixTransformer':
    case 'PrefixSuffixTransformer': {
      if (!fields.has('fieldSpecs')) throw new KustomizeFailure('fieldSpecs is not expected to be nil');
      return step((list) => {
        if (kind !== 'SuffixTransformer') affixNames(list, fields.placed('prefix'), specs, 'prefix');
        if (kind !== 'PrefixTransformer') affixNames(list, fields.placed('suffix'), specs, 'suffix');
      });
    }
    case 'ImageTagTransformer':
      return step((list) => {
        imageSetter(specs)(list, fields.fields('imageTag') ?? new Fields(undefined));
      });
    case 'ReplicaCountTransformer': {
      const replica = fields.fields('replica') ?? new Fields(undefined);
      return step((list) => {
        setReplicas(list, replica.text('name'), countOf(replica), specs);
      });
    }
    case 'PatchTransformer':
      return patchTransformer(build, loader, fields);
    case 'PatchJson6902Transformer':
      return jsonPatchTransformer(build, loader, fields, 'jsonOp');
    case 'PatchStrategicMergeTransformer': {
      const [paths, patches] = [fields.texts('paths'), fields.placed('patches')];
      if (paths.length === 0 && patches.value === '')
        throw new KustomizeFailure('empty file path and empty patch content');
      return strategicMergeTransformer(build, loader, paths, patches, fields);
    }
    case 'ReplacementTransformer':
      return step(replacementStep(build, loader, fields));
    case 'ValueAddTransformer':
      return step(valueAddStep(build, loader, fields));
    case 'HashTransformer':
      return step((list) => {
        addHashes(list.items);
      });
    default:
      throw new KustomizeFailure(`plugin ${kind} not a transformer`, object.root);
  }
}

function generatorPlugin(build: Build, loader: Loader, object: Resource, fields: Fields): () => Resource {
  const kind = kindOf(object);
  if (!GENERATORS.includes(kind)) throw new KustomizeFailure(`plugin ${kind} not a generator`, object.root);
  if (kind === 'IAMPolicyGenerator') return () => iamServiceAccount(fields);
  const made = kind === 'ConfigMapGenerator' ? 'ConfigMap' : 'Secret';
  return () => generate(made, fields, undefined, { loader, baseOf: (file) => build.space.add(file) });
}

/** The ServiceAccount that stands for one of Google's (mirrors filters/iampolicygenerator). */
function iamServiceAccount(fields: Fields): Resource {
  const cloud = fields.text('cloud');
  if (cloud !== 'gke') throw new KustomizeFailure(`cloud provider ${cloud} not supported yet`, fields.span);
  const account = fields.fields('serviceAccount');
  const service = fields.fields('kubernetesService');
  const resource = newResource(newObject('ServiceAccount', fields.span));
  const address = `${account?.text('name') ?? ''}@${account?.text('projectId') ?? ''}.iam.gserviceaccount.com`;
  setAnnotation(resource.root, 'iam.gke.io/gcp-service-account', address, fields.span);
  setName(resource, service?.text('name') ?? '', textNode('', fields.span));
  const namespace = service?.text('namespace') ?? '';
  if (namespace !== '') setNamespace(resource, namespace, textNode('', fields.span));
  return resource;
}

/** Writes a value to fields, or into a part of a path that a field holds (mirrors ValueAddTransformer and filters/valueadd). */
function valueAddStep(build: Build, loader: Loader, fields: Fields): Transformer['run'] {
  const written = fields.placed('value');
  const value: PlacedText = { value: written.value.trim() || baseName(loader.root), span: written.span };
  const path = fields.text('targetFilePath');
  const more =
    path === '' ? [] : build.fieldsOf(loader.load(path), PLUGINS.ValueAddTransformer ?? 'any', false).list('targets');
  const targets = [...fields.list('targets'), ...more];
  if (targets.length === 0) throw new KustomizeFailure('must specify at least one target');
  for (const target of targets) {
    if (target.text('fieldPath') === '') throw new KustomizeFailure('fieldPath cannot be empty');
    if (Number(target.integer('filePathPosition')) < 0) {
      throw new KustomizeFailure(
        `value of FilePathPosition (${target.integer('filePathPosition')}) cannot be negative`,
      );
    }
  }
  return (list) => {
    for (const target of targets) addValue(list, target, value);
  };
}

function addValue(list: ResourceList, target: Fields, value: PlacedText): void {
  const selector = target.fields('selector');
  const items = selector === undefined ? list.items : selectResources(list.items, selectorOf(selector));
  const fieldPath = target.text('fieldPath');
  const position = Number(target.integer('filePathPosition'));
  for (const item of items) {
    if (fieldPath === 'metadata/namespace') {
      setNamespaceOf(item, value, [], { unsetOnly: false, subjects: '' });
      continue;
    }
    const node = lookupPath(item.root, splitPath(fieldPath, '/'), {
      kind: 'scalar',
      cause: { by: 'transformers', ...value.span },
    });
    if (node === undefined) continue;
    demandKind(node, 'scalar');
    const text = position > 0 ? insertPathPart(node.value, position - 1, value.value) : value.value;
    replaceScalar(node, scalarNode(text, '', value.span));
  }
}

/** Mirrors kyaml's filesys.InsertPathPart: a part more, at a place that is there. */
function insertPathPart(path: string, position: number, part: string): string {
  if (position < 0) return path;
  const parts = path.split('/').filter((each, index) => each !== '' || index === 0);
  const isAbsolute = path.startsWith('/');
  const names = isAbsolute ? parts.slice(1) : parts;
  if (names.length < position) return path;
  const inserted = names
    .toSpliced(position, 0, part)
    .filter((each) => each !== '')
    .join('/');
  return isAbsolute ? `/${inserted}` : inserted;
}
