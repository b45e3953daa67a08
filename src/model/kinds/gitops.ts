import { list, record, text } from '../json.ts';
import type { Json, JsonObject } from '../object.ts';

/**
 * The directories of a repository that an object of Argo CD or Flux deploys, relative to the root of its repository: those of Applications and
 * ApplicationSets, of Flux Kustomizations, and the local charts of HelmReleases. Sources of other repositories name directories of those.
 */
export function deployedPaths(group: string, kind: string, object: JsonObject): readonly string[] {
  const spec = record(object.spec);
  return pathsIn(`${group}/${kind}`, spec).flatMap((path) => {
    const clean = text(path)
      .replace(/^(?:\.?\/)+|\/+$/g, '')
      .replace(/^\.$/, '');
    return clean === '' || clean.includes('{{') ? [] : [clean];
  });
}

function pathsIn(kind: string, spec: JsonObject): readonly (Json | undefined)[] {
  switch (kind) {
    case 'argoproj.io/Application':
      return sourcesOf(spec);
    case 'argoproj.io/ApplicationSet':
      return [
        ...sourcesOf(record(record(spec.template).spec)),
        ...list(spec.generators).flatMap((generator) =>
          list(record(record(generator).git).directories).map((each) => record(each).path),
        ),
      ];
    case 'kustomize.toolkit.fluxcd.io/Kustomization':
      return [spec.path];
    case 'helm.toolkit.fluxcd.io/HelmRelease': {
      const { chart } = record(record(spec.chart).spec);
      // A chart of a repository of charts is a bare name.
      return typeof chart === 'string' && chart.includes('/') ? [chart] : [];
    }
    default:
      return [];
  }
}

function sourcesOf(spec: JsonObject): readonly (Json | undefined)[] {
  return [record(spec.source).path, ...list(spec.sources).map((each) => record(each).path)];
}

/** Whether a directory is the one that such a path names; `*` in an ApplicationSet stands for a name. */
export function isDeployed(directory: string, path: string): boolean {
  const parts = path.split('/');
  const own = directory.split('/').slice(-parts.length);
  return own.length === parts.length && parts.every((part, index) => part === '*' || part === own[index]);
}
