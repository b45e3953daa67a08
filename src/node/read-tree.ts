import { resolve } from 'node:path';
import type { AnalyzeInput } from '../ask/analyze.ts';
import type { ProgressEvent } from '../ask/load.ts';
import type { ClusterSettings } from '../cluster/index/cluster.ts';
import type { Config, RuleSetting } from '../lint/config/config.ts';
import { findConfig } from './find-config.ts';
import { type FindRequest, findFiles, type Found } from './find.ts';
import { type LoadedConfig, loadConfig } from './load-config.ts';
import { surroundingsOf } from './surroundings.ts';
import { startDirectory } from './start-directory.ts';

/** What to read and how to judge it, on top of what the configuration says. */
export interface TreeRequest extends FindRequest {
  /** The path of a configuration; false: none, whatever lies beside the manifests. Absent: the nearest one. */
  readonly config?: string | false;
  /** These go before the configuration's. */
  readonly settings?: ClusterSettings;
  /** These go before the configuration's. */
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  /** OCI layouts and archives that declare the users of images; the configuration takes precedence for the same name. */
  readonly images?: readonly string[];
  readonly progress?: (event: ProgressEvent) => void;
}

/**
 * Reads everything that `analyze` and `load` need: the configuration, the files, and the context files that the configuration names.
 * @throws UsageError and ConfigError, both for the user to fix.
 */
export async function readTree(request: TreeRequest): Promise<AnalyzeInput> {
  const loaded = await configFor(request);
  const { cwd, progress } = request;
  const config = await withImages(withOverrides(loaded?.config ?? {}, request), request);
  const more = { surroundings: surroundingsOf(cwd), ...(progress === undefined ? {} : { progress }) };
  if (loaded === undefined || !hasPatterns(config)) return { ...(await findFiles(request)), config, ...more };
  const { pathMatcher } = await import('./path-matcher.ts');
  const matcher = pathMatcher(loaded.directory, cwd);
  const isIgnored = matcher(config.ignore ?? []);
  const found = await findFiles({ ...request, isIgnored });
  const all = await addContext(found, contextPatterns(config), loaded.directory, { cwd, isIgnored });
  return { ...all, config, matcher, ...more };
}

async function configFor(request: TreeRequest): Promise<LoadedConfig | undefined> {
  const { config, cwd } = request;
  if (config === false) return undefined;
  const path = config === undefined ? findConfig(startDirectory(request), cwd) : resolve(cwd, config);
  return path === undefined ? undefined : loadConfig(path, cwd);
}

function withOverrides(config: Config, { settings, rules }: TreeRequest): Config {
  return {
    ...config,
    ...(settings === undefined ? {} : { settings: { ...config.settings, ...settings } }),
    ...(rules === undefined ? {} : { rules: { ...config.rules, ...rules } }),
  };
}

async function withImages(config: Config, { images = [], cwd }: TreeRequest): Promise<Config> {
  if (images.length === 0) return config;
  const { readImages } = await import('./images/read-images.ts');
  const { settings } = config;
  return { ...config, settings: { ...settings, images: { ...(await readImages(images, cwd)), ...settings?.images } } };
}

function hasPatterns({ clusters, context, ignore }: Config): boolean {
  return clusters !== undefined || context !== undefined || ignore !== undefined;
}

function contextPatterns({ clusters = {}, context = [] }: Config): string[] {
  return [...context, ...Object.values(clusters).flatMap((cluster) => cluster.context ?? [])];
}

/** Context files count wherever they lie, also beside what is linted. */
async function addContext(
  found: Found,
  patterns: readonly string[],
  directory: string,
  { cwd, isIgnored }: Required<Pick<FindRequest, 'cwd' | 'isIgnored'>>,
): Promise<Found> {
  if (patterns.length === 0) return found;
  const { expandGlob } = await import('./glob.ts');
  const paths: string[] = [];
  for (const pattern of patterns) {
    const everythingIn = `${pattern.replace(/\/$/, '')}/**`;
    paths.push(...(await expandGlob(pattern, directory)), ...(await expandGlob(everythingIn, directory)));
  }
  if (paths.length === 0) return found;
  const context = await findFiles({ paths: [...new Set(paths)], cwd, isIgnored });
  const known = new Set(found.files.map(({ path }) => path));
  const files = [...found.files, ...context.files.filter(({ path }) => !known.has(path))];
  return {
    files: files.sort((a, b) => (a.path < b.path ? -1 : 1)),
    problems: [...found.problems, ...context.problems],
    leftOut: found.leftOut,
  };
}
