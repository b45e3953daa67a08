import type { YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import type { Lack } from '../failure/gap.ts';
import { KustomizeFailure, within } from '../failure/kustomize-failure.ts';
import { Fields, type PlacedText } from '../read/decode.ts';
import type { Loader } from '../read/loader.ts';
import { REPLACEMENT } from '../read/types.ts';
import type { ResourceList } from '../resource/resource-list.ts';
import { fieldSpec } from '../transform/field-spec.ts';
import { imageSetter } from '../transform/images.ts';
import { setNamespaces } from '../transform/namespace.ts';
import { patchByName, patchStrategically, patchWithOperations } from '../transform/patches.ts';
import { replaceValues, selectorOf } from '../transform/replacements.ts';
import { affixNames, setReplicas, setTexts } from '../transform/simple.ts';
import { checkType } from '../read/decode.ts';
import type { Build, Target } from './build.ts';
import { readFieldSpec } from './configurations.ts';
import { inlinePatch, patchFile, patchTextOf, readJsonPatch, readPatch } from './read-patch.ts';
import { mergeSpecs, type TransformerConfig } from './transformer-config.ts';

/** A step that changes the objects, ready to run: what can be wrong with its own fields was found. */
export interface Transformer {
  /** The kind of the built-in transformer. */
  readonly kind: string;
  readonly run: (list: ResourceList) => void;
}

/** The transformers of a kustomization's own fields, in the order in which they run whatever their order in the file. */
export function builtinTransformers(build: Build, target: Target, config: TransformerConfig): Transformer[] {
  const { fields, loader } = target;
  const namespace = fields.placed('namespace');
  const prefix = fields.placed('namePrefix');
  const suffix = fields.placed('nameSuffix');
  const setImage = imageSetter(config.images);
  const each = (entries: readonly Fields[], make: (entry: Fields) => Transformer): Transformer[] =>
    entries.flatMap((entry) => build.attempt(['changes'], () => [make(entry)]) ?? []);
  return [
    ...(build.attempt(['changes'], () => strategicMerges(build, loader, fields)) ?? []),
    ...each(fields.list('patches'), (entry) => patchTransformer(build, loader, entry)),
    ...only(namespace.value !== '', 'NamespaceTransformer', (list) => {
      setNamespaces(list, namespace, config.namespace, build.note);
    }),
    ...only(prefix.value !== '', 'PrefixTransformer', (list) => {
      affixNames(list, prefix, config.namePrefix, 'prefix');
    }),
    ...only(suffix.value !== '', 'SuffixTransformer', (list) => {
      affixNames(list, suffix, config.nameSuffix, 'suffix');
    }),
    ...(build.attempt(['changes'], () => labelTransformers(fields, config)) ?? []),
    ...only(fields.pairs('commonAnnotations').length > 0, 'AnnotationsTransformer', (list) => {
      setTexts(list, fields.pairs('commonAnnotations'), config.commonAnnotations);
    }),
    ...each(fields.list('patchesJson6902'), (entry) => jsonPatchTransformer(build, loader, entry, 'patch')),
    ...fields.list('replicas').map((entry): Transformer => ({
      kind: 'ReplicaCountTransformer',
      run: (list) => {
        setReplicas(list, entry.text('name'), countOf(entry), config.replicas);
      },
    })),
    ...[...fields.list('images'), ...fields.list('imageTags')].map((image): Transformer => ({
      kind: 'ImageTagTransformer',
      run: (list) => {
        setImage(list, image);
      },
    })),
    ...(build.attempt(['changes'], () =>
      only(fields.items('replacements').length > 0, 'ReplacementTransformer', replacementStep(build, loader, fields)),
    ) ?? []),
  ];
}

function only(isWanted: boolean, kind: string, run: Transformer['run']): Transformer[] {
  return isWanted ? [{ kind, run }] : [];
}

/** How many replicas an entry asks for. */
export function countOf(entry: Fields): PlacedText {
  return { value: entry.integer('count'), span: entry.get('count') ?? entry.span };
}

function strategicMerges(build: Build, loader: Loader, fields: Fields): Transformer[] {
  const paths = fields.texts('patchesStrategicMerge');
  if (paths.length === 0) return [];
  return [strategicMergeTransformer(build, loader, paths, undefined, fields)];
}

/** A transformer for strategic merge patches, each a path or the patch itself. */
export function strategicMergeTransformer(
  build: Build,
  loader: Loader,
  paths: readonly PlacedText[],
  patches: PlacedText | undefined,
  fields: Fields,
): Transformer {
  const loaded = paths.flatMap(
    (path) => build.attempt(['changes'], () => within(path.span, '', () => readPathOrPatch(build, loader, path))) ?? [],
  );
  if (patches !== undefined && patches.value !== '') loaded.push(...build.objectsIn(patches));
  if (loaded.length === 0) throw new KustomizeFailure('patch appears to be empty', paths[0]?.span ?? fields.span);
  const span = fields.get('patchesStrategicMerge') ?? fields.span;
  return {
    kind: 'PatchStrategicMergeTransformer',
    run: (list) => {
      for (const patch of loaded) {
        build.attempt(lackedPatch, () => {
          patchByName(list, patch, span, build);
        });
      }
    },
  };
}

/** A patch whose object is missing changes no other. */
function lackedPatch({ message }: KustomizeFailure): readonly Lack[] {
  return message.includes('no matches for Id') ? [] : ['changes'];
}

function readPathOrPatch(build: Build, loader: Loader, path: PlacedText): YamlNode[] {
  try {
    return build.objectsIn(path);
  } catch (error) {
    if (!(error instanceof KustomizeFailure)) throw error;
    return patchFile(build, loader, path.value).objects();
  }
}

/** An entry of `patches`. */
export function patchTransformer(build: Build, loader: Loader, entry: Fields): Transformer {
  const { patch, source, span } = patchTextOf(build, loader, entry);
  const reading = within(span, '', () => readPatch(patch, source));
  const target = entry.fields('target');
  const options = entry.fields('options');
  const run = (list: ResourceList): void => {
    if ('objects' in reading) {
      const { objects: patches } = reading;
      if (patches.length === 0) return;
      const allowed = {
        allowNameChange: options?.isTrue('allowNameChange') ?? false,
        allowKindChange: options?.isTrue('allowKindChange') ?? false,
      };
      const selector = target === undefined ? undefined : selectorOf(target);
      const told = { target: selector, options: allowed, span: entry.span, targetSpan: target?.span ?? entry.span };
      // Without a target each patch is for the object that it names.
      for (const some of target === undefined ? patches.map((patch) => [patch]) : [patches]) {
        build.attempt(lackedPatch, () => {
          patchStrategically(list, { ...told, patches: some }, build);
        });
      }
    } else if (reading.operations !== undefined) {
      if (target === undefined) throw new KustomizeFailure(`must specify a target for JSON patch ${source}`);
      patchWithOperations(
        list,
        reading.operations,
        { target: selectorOf(target), span: target.span },
        { note: build.note, keepsId: true },
      );
    }
  };
  return {
    kind: 'PatchTransformer',
    run: (list) => {
      build.attempt(lackedPatch, () => {
        build.within(entry.span, '', () => {
          run(list);
        });
      });
    },
  };
}

/** An entry of `patchesJson6902`, or a transformer of that name, whose operations stand in the field `inline`. */
export function jsonPatchTransformer(
  build: Build,
  loader: Loader,
  entry: Fields,
  inline: 'patch' | 'jsonOp',
): Transformer {
  const operations = entry.placed(inline);
  const path = entry.placed('path');
  const target = entry.fields('target');
  if (target === undefined)
    throw new KustomizeFailure('panic: runtime error: invalid memory address or nil pointer dereference', entry.span);
  if (target.text('name') === '') throw new KustomizeFailure('must specify the target name', target.span);
  if (path.value === '' && operations.value === '')
    throw new KustomizeFailure('empty file path and empty jsonOp', entry.span);
  if (path.value !== '' && operations.value !== '') {
    throw new KustomizeFailure('must specify a file path or jsonOp, not both', entry.span);
  }
  const read = within(path.value === '' ? operations.span : path.span, '', () => {
    const patch =
      path.value === ''
        ? {
            ...inlinePatch(build, operations),
            text: operations.value,
            base: build.space.addInline(operations.value, operations.span),
          }
        : patchFile(build, loader, path.value);
    if (patch.text === '') throw new KustomizeFailure(`patch file '${path.value}' empty seems to be empty`);
    const decoded = readJsonPatch(patch, 'patchesJson6902') ?? [];
    if (decoded.length === 0) throw new KustomizeFailure(`patch appears to be empty; file=${path.value}`);
    return decoded;
  });
  return {
    kind: 'PatchJson6902Transformer',
    run: (list) => {
      within(entry.span, '', () => {
        patchWithOperations(
          list,
          read,
          { target: selectorOf(target), span: target.span },
          { note: build.note, keepsId: false },
        );
      });
    },
  };
}

function labelTransformers(fields: Fields, config: TransformerConfig): Transformer[] {
  const labels = fields.list('labels');
  const common = fields.pairs('commonLabels');
  if (labels.length === 0 && common.length === 0) return [];
  const own = labels.map((label): Transformer => {
    const specs = within(label.span, 'failed to merge labels: ', () => labelSpecs(label, config));
    return {
      kind: 'LabelTransformer',
      run: (list) => {
        setTexts(list, label.pairs('pairs'), specs);
      },
    };
  });
  return [
    ...own,
    ...only(true, 'LabelTransformer', (list) => {
      setTexts(list, common, config.commonLabels);
    }),
  ];
}

function labelSpecs(label: Fields, config: TransformerConfig): TransformerConfig['labels'] {
  let specs = mergeSpecs(label.list('fields').map(readFieldSpec), config.labels);
  if (label.isTrue('includeSelectors')) return mergeSpecs(specs, config.commonLabels);
  if (label.isTrue('includeTemplates')) specs = mergeSpecs(specs, config.templateLabels);
  if (label.isTrue('includeVolumeClaimTemplates')) specs = mergeSpecs(specs, config.volumeClaimTemplateLabels);
  return mergeSpecs(specs, [fieldSpec('metadata/labels', true)]);
}

/** Reads the `replacements` of a field; what it answers applies them. */
export function replacementStep(build: Build, loader: Loader, fields: Fields): Transformer['run'] {
  const replacements = fields.list('replacements').flatMap((replacement) => {
    const path = replacement.placed('path');
    if (path.value === '') return [replacement];
    return within(path.span, '', () => {
      if (replacement.has('source') || replacement.items('targets').length > 0) {
        throw new KustomizeFailure('cannot specify both path and inline replacement');
      }
      return readReplacementFile(build, loader, path.value);
    });
  });
  return (list) => {
    replaceValues(list.items, replacements);
  };
}

function readReplacementFile(build: Build, loader: Loader, path: string): Fields[] {
  const { tree } = build.fieldsOf(loader.load(path), 'any', false);
  if (tree?.type !== 'list' && tree?.type !== 'map') {
    throw new KustomizeFailure('unsupported replacement type encountered within replacement path');
  }
  const items = tree.type === 'list' ? tree.items : [tree];
  for (const item of items) checkType(item, REPLACEMENT, false);
  return items.map((item) => new Fields(item));
}
