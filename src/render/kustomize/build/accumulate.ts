import { once } from '../../../lang/once.ts';
import type { YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { BuildGivenUp, KustomizeFailure, within } from '../failure/kustomize-failure.ts';
import { absorb } from '../generate/absorb.ts';
import { generate } from '../generate/generator.ts';
import type { Fields, PlacedText } from '../read/decode.ts';
import type { Loader } from '../read/loader.ts';
import { apiVersionText, kindOf, newResource, type Resource } from '../resource/resource.ts';
import { ResourceList } from '../resource/resource-list.ts';
import { emptyAccumulator, type Accumulator } from './accumulator.ts';
import type { Build, Target } from './build.ts';
import { configurationOf, configurationOfCrds } from './configurations.ts';
import { loadDirectory } from './load-target.ts';
import {
  addTransformation,
  annotateOrigin,
  builtinOrigin,
  hasOrigin,
  originOf,
  setOrigin,
  type Origin,
} from './origins.ts';
import { generatorPlugins, transformerPlugins } from './plugins.ts';
import { gatherShared } from './shared-part.ts';
import { builtinTransformers } from './transformers.ts';
import { defaultConfig, EMPTY_CONFIG, joinConfigs } from './transformer-config.ts';
import { validate } from './validate.ts';
import { noteVars } from './var-set.ts';

/**
 * Everything that a kustomization says, on top of what is there (mirrors kustomize api v0.21.2, internal/target/kusttarget.go,
 * `accumulateTarget`): resources, configurations, generators, components, transformers, validators, vars.
 */
export function accumulate(build: Build, target: Target, into: Accumulator, origin: Origin | undefined): void {
  const { fields, loader } = target;
  const resources = [...fields.texts('resources'), ...fields.texts('bases')];
  addResources(build, loader, resources, into, origin, 'accumulating resources: ');
  const configured = build.attempt(['changes'], () => configurationOf(build, target));
  into.config = joinConfigs(into.config, configured ?? defaultConfig());
  const ofDefinitions = build.attempt(['changes'], () => configurationOfCrds(build, target));
  into.config = joinConfigs(into.config, ofDefinitions ?? EMPTY_CONFIG);
  runGenerators(build, target, into, origin);
  for (const { value: path, span } of fields.texts('components')) {
    if (/^git::/i.test(path)) build.warnings.push(FORCED_GIT);
    build.attempt(['objects', 'changes'], () => {
      build.within(span, 'accumulating components: ', () => {
        const component = within(undefined, 'loader.New: ', () => loader.directory(path));
        build.within(undefined, 'accumulateDirectory: ', () => {
          addComponent(build, component, into, origin && originOf(origin, path));
        });
      });
    });
  }
  runTransformers(build, target, into, origin);
  build.attempt([], () => {
    const validators = pluginObjects(build, target, fields.texts('validators'), undefined);
    validate(into.list, transformerPlugins(build, loader, validators), fields.get('validators'));
  });
  build.attempt(['changes'], () => {
    noteVars(into, fields.list('vars'));
  });
}

const FORCED_GIT =
  "Warning: Forcing the git protocol using the 'git::' URL prefix is not supported. Kustomize currently strips this invalid prefix, but will stop doing so in a future release. Please remove the 'git::' prefix from your configuration.";

function addResources(
  build: Build,
  loader: Loader,
  paths: readonly PlacedText[],
  into: Accumulator,
  origin: Origin | undefined,
  prefix: string,
): void {
  const taken = paths.length === 0 ? new Set<string>() : into.list.takenIds();
  for (const { value: path, span } of paths) {
    const add = (): void => {
      const addsFile = once(() => addFile(build, loader, path, into, origin, taken));
      // Why a directory is no file is told only where it cannot be built either.
      if (!loader.isDirectory(path) && addsFile() === undefined) return;
      if (/^git::/i.test(path)) build.warnings.push(FORCED_GIT);
      let directory: Loader;
      try {
        directory = loader.directory(path);
      } catch (error) {
        const failure = addsFile();
        if (!(error instanceof KustomizeFailure) || failure === undefined) throw error;
        if (failure.message.includes('MalformedYAMLError')) throw failure;
        const message = `accumulation err='${failure.message}': ${error.message}`;
        throw new KustomizeFailure(message, failure.span ?? error.span, failure.needs ?? error.needs);
      }
      const why = (): string => `accumulation err='${addsFile()?.message ?? ''}': `;
      build.within(undefined, why, () => {
        addDirectory(build, directory, into, origin && originOf(origin, path), taken);
      });
    };
    build.attempt(['objects'], () => {
      build.within(span, prefix, add);
    });
  }
}

/** Adds the objects of a file, or says why it has none. */
function addFile(
  build: Build,
  loader: Loader,
  path: string,
  into: Accumulator,
  origin: Origin | undefined,
  taken: Set<string>,
): KustomizeFailure | undefined {
  try {
    const added = within(undefined, `accumulating resources from '${path}': `, () =>
      resourcesFrom(build, build.objectsOf(loader.load(path))),
    );
    if (origin !== undefined) for (const item of added) annotateOrigin(item, originOf(origin, path));
    within(undefined, `merging resources from '${path}': `, () => {
      into.list.append(added, taken);
    });
    return undefined;
  } catch (error) {
    if (error instanceof KustomizeFailure && !(error instanceof BuildGivenUp)) return error;
    throw error;
  }
}

/** Objects that were read, no two of one id. */
function resourcesFrom(build: Build, roots: readonly YamlNode[]): Resource[] {
  const items = roots.map(newResource);
  for (const item of items) build.schemas.noteKind(apiVersionText(item), kindOf(item));
  return new ResourceList(items).items;
}

/** `taken`: the ids of the objects that are there. */
function addDirectory(
  build: Build,
  loader: Loader,
  into: Accumulator,
  origin: Origin | undefined,
  taken: Set<string>,
): void {
  build.spend(1);
  const shared = origin === undefined ? gatherShared(build, loader, gather) : undefined;
  const below = shared ?? gather(build, loader, origin);
  within(undefined, `recursed merging from path '${loader.root}': `, () => {
    into.list.append(below.list.items, taken);
    into.config = joinConfigs(into.config, below.config);
    for (const [name, each] of below.vars) {
      if (into.vars.has(name)) throw new KustomizeFailure(`var '${name}' already encountered`, each.span);
      into.vars.set(name, each);
    }
  });
}

function gather(build: Build, loader: Loader, origin?: Origin): Accumulator {
  const target = loadDirectory(build, loader, false);
  const gathered = emptyAccumulator();
  build.within(undefined, `recursed accumulation of path '${loader.root}': `, () => {
    accumulate(build, target, gathered, origin);
  });
  return gathered;
}

/** A component is built upon what is there. */
function addComponent(build: Build, loader: Loader, into: Accumulator, origin: Origin | undefined): void {
  build.spend(1);
  const target = loadDirectory(build, loader, true);
  const above = { ...into };
  build.within(undefined, `recursed accumulation of path '${loader.root}': `, () => {
    accumulate(build, target, above, origin);
  });
  within(undefined, `recursed merging from path '${loader.root}': `, () => {
    into.list = new ResourceList(above.list.items);
    into.config = joinConfigs(EMPTY_CONFIG, above.config);
    into.vars = above.vars;
  });
}

function runGenerators(build: Build, target: Target, into: Accumulator, origin: Origin | undefined): void {
  const { fields, loader, fileName } = target;
  const [helm] = [...fields.list('helmCharts'), ...fields.list('helmChartInflationGenerator')];
  if (helm !== undefined) {
    build.attempt(['objects'], () => {
      const message = 'trouble configuring builtin HelmChartInflationGenerator: must specify --enable-helm';
      throw new KustomizeFailure(message, helm.span, 'helm');
    });
  }
  const files = { loader, baseOf: build.space.add.bind(build.space) };
  const options = fields.fields('generatorOptions');
  const own = (['ConfigMap', 'Secret'] as const).flatMap((kind) => {
    const field = kind === 'ConfigMap' ? 'configMapGenerator' : 'secretGenerator';
    return fields.list(field).map((generator: Fields) => ({
      span: generator.span,
      make: () => generate(kind, generator, options, files),
      origin: origin && builtinOrigin(origin, fileName, `${kind}Generator`),
    }));
  });
  const objects = pluginObjects(build, target, fields.texts('generators'), origin);
  const plugins = build.within(fields.get('generators'), 'loading generator plugins: ', () =>
    generatorPlugins(build, loader, objects),
  );
  const all = [
    ...own,
    ...plugins.map(({ step, origin: from }) => ({ span: fields.get('generators'), make: step, origin: from })),
  ];
  for (const { span, make, origin: from } of all) {
    build.attempt(['secrets'], () => {
      build.within(span, '', () => {
        const made = make();
        if (from !== undefined && !hasOrigin(made)) setOrigin(made, from);
        within(undefined, 'merging from generator: ', () => {
          absorb(into.list, made);
        });
      });
    });
  }
}

/** The objects that configure plugins: paths, or written in the kustomization itself. */
function pluginObjects(
  build: Build,
  { loader, fileName }: Target,
  entries: readonly PlacedText[],
  origin: Origin | undefined,
): Resource[] {
  const found = emptyAccumulator();
  const paths: PlacedText[] = [];
  for (const entry of entries) {
    const inline = inlineObjects(build, entry);
    if (inline === undefined) {
      paths.push(entry);
      continue;
    }
    if (origin !== undefined) for (const item of inline) setOrigin(item, originOf(origin, fileName));
    within(entry.span, '', () => {
      found.list.append(inline);
    });
  }
  addResources(build, loader, paths, found, origin, '');
  return found.list.items;
}

function inlineObjects(build: Build, entry: PlacedText): Resource[] | undefined {
  try {
    return resourcesFrom(build, build.objectsIn(entry));
  } catch (error) {
    if (error instanceof KustomizeFailure) return undefined;
    throw error;
  }
}

function runTransformers(build: Build, target: Target, into: Accumulator, origin: Origin | undefined): void {
  const { fields, loader, fileName } = target;
  const builtin = builtinTransformers(build, target, into.config).map((step) => ({
    step,
    origin: origin && builtinOrigin(origin, fileName, step.kind),
  }));
  const objects = pluginObjects(build, target, fields.texts('transformers'), origin);
  for (const { step, origin: from } of [...builtin, ...transformerPlugins(build, loader, objects)]) {
    build.attempt(['changes'], () => {
      step.run(into.list);
    });
    if (from !== undefined) for (const item of into.list.items) addTransformation(item, from);
    into.list.dropEmpty();
  }
}
