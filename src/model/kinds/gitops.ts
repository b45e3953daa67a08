import { list, record, text } from '../json.ts';
import type { Json, JsonObject } from '../object.ts';
import { isUnknownText } from '../../text/unknown-text.ts';

/**
 * The directories of a repository that an object of Argo CD or Flux deploys, relative to the root of its repository: those of Applications and
 * ApplicationSets, of Flux Kustomizations, and the local charts of HelmReleases. Sources of other repositories name directories of those.
 */
export function deployedPaths(group: string, kind: string, object: JsonObject): readonly string[] {
  const spec = record(object.spec);
  return pathsIn(`${group}/${kind}`, spec).flatMap((path) => {
    const clean = cleanPath(text(path));
    return clean === '' || clean.includes('{{') ? [] : [clean];
  });
}

/** A directory that is deployed, relative to the root of its repository, and the cluster that it is deployed to. */
export interface Deployment {
  readonly path: string;
  /** A name or an address; `in-cluster` is the one that the deployer runs in. */
  readonly destination: string;
}

/** The cluster that a deployer runs in. */
export const OWN_CLUSTER = 'in-cluster';

/**
 * What an object of Argo CD or Flux deploys where, as far as that is written: an Application, an ApplicationSet whose parameters are a list, a
 * Flux Kustomization with or without a kubeConfig. Templates of unknown parameters are left out.
 */
export function deploymentsOf(group: string, kind: string, object: JsonObject): readonly Deployment[] {
  const spec = record(object.spec);
  switch (`${group}/${kind}`) {
    case 'argoproj.io/Application':
      return ofApplication(spec, (written) => written);
    case 'argoproj.io/ApplicationSet': {
      const template = record(record(spec.template).spec);
      const listed = list(spec.generators).flatMap((generator) => list(record(record(generator).list).elements));
      const filled = listed.flatMap((element) => ofApplication(template, (written) => fill(written, record(element))));
      return listed.length === 0 ? ofApplication(template, (written) => written) : filled;
    }
    case 'kustomize.toolkit.fluxcd.io/Kustomization': {
      const config = record(spec.kubeConfig);
      const named = text(record(config.secretRef).name) || text(record(config.configMapRef).name);
      return deployed([spec.path], spec.kubeConfig === undefined ? OWN_CLUSTER : named);
    }
    default:
      return [];
  }
}

function ofApplication(spec: JsonObject, filled: (written: string) => string): readonly Deployment[] {
  const { server, name } = record(spec.destination);
  const address = filled(text(server) || text(name));
  const destination = /^https:\/\/kubernetes\.default\.svc(?::443)?\/?$/.test(address) ? OWN_CLUSTER : address;
  return deployed(
    sourcesOf(spec).map((path) => filled(text(path))),
    destination,
  );
}

/** `{{name}}` and `{{ .name }}` by the parameters of a generator. */
function fill(written: string, parameters: JsonObject): string {
  return written.replaceAll(/\{\{\s*\.?([\w-]+)\s*\}\}/g, (mark, name: string) => text(parameters[name]) || mark);
}

function deployed(paths: readonly (Json | undefined)[], destination: string): readonly Deployment[] {
  if (destination === '' || isUnknownText(destination)) return [];
  return paths.flatMap((written) => {
    const path = cleanPath(text(written));
    return path === '' || isUnknownText(path) ? [] : [{ path, destination }];
  });
}

function cleanPath(path: string): string {
  return path.replace(/^(?:\.?\/)+|\/+$/g, '').replace(/^\.$/, '');
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
