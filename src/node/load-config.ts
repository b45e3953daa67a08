import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rules as builtIn } from '../../rules/index.ts';
import type { ConfigFault, ConfigText } from '../lint/config/check-config.ts';
import type { Config } from '../lint/config/config.ts';
import { plainJson } from '../model/object-value.ts';
import { lineColumn } from '../text/position.ts';
import { readDocuments } from '../text/read.ts';
import { ConfigError, systemReason } from './errors.ts';
import { readSourceFile } from './read-file.ts';
import { shownPath } from './shown-path.ts';

/** A configuration and where it came from. */
export interface LoadedConfig {
  readonly config: Config;
  /** What the patterns in it are relative to, absolute. */
  readonly directory: string;
}

/**
 * Reads and checks the configuration at `path`. A JavaScript one is run: that is the only code of the tree that k8sec ever runs.
 * @throws ConfigError with the first fault, its position where it has one, and how many more there are.
 */
export async function loadConfig(path: string, cwd: string): Promise<LoadedConfig> {
  const absolute = resolve(cwd, path);
  const shown = shownPath(absolute, cwd);
  const { value, text } = await readValue(absolute, shown);
  const { checkConfig } = await import('../lint/config/check-config.ts');
  const check = () => checkConfig(value, builtIn, text);
  const { config, faults } = isScript(absolute) ? guarded(check, shown) : check();
  if (config === undefined) throw faultError(faults, shown);
  return { config, directory: dirname(absolute) };
}

function isScript(path: string): boolean {
  return /\.[cm]?js$/.test(path);
}

/** What a script exports may have getters, and they may throw: that is the script's fault, not ours. */
function guarded<Value>(read: () => Value, shown: string): Value {
  try {
    return read();
  } catch (error) {
    throw cannotRun(shown, error);
  }
}

interface ConfigValue {
  readonly value: unknown;
  readonly text?: ConfigText;
}

async function readValue(path: string, shown: string): Promise<ConfigValue> {
  if (isScript(path)) return { value: await importDefault(path, shown) };
  if (basename(path) === 'package.json') return { value: packageKey(path, shown) };
  return readYaml(path, shown);
}

async function importDefault(path: string, shown: string): Promise<unknown> {
  let exported: unknown;
  try {
    const module = (await import(pathToFileURL(path).href)) as { readonly default?: unknown };
    exported = await module.default;
  } catch (error) {
    throw cannotRun(shown, error);
  }
  if (exported === undefined) {
    throw new ConfigError(`\`${shown}\` has no default export`, 'write `export default { … }`');
  }
  return exported;
}

function cannotRun(shown: string, error: unknown): ConfigError {
  const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  return new ConfigError(`cannot run \`${shown}\`: ${said}`);
}

function packageKey(path: string, shown: string): unknown {
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { readonly k8sec?: unknown }).k8sec;
  } catch (error) {
    throw new ConfigError(`cannot read \`${shown}\`: ${systemReason(error)}`);
  }
}

function readYaml(path: string, shown: string): ConfigValue {
  const file = readText(path, shown);
  const { documents, problems } = readDocuments(file);
  const [document, another] = documents;
  const [problem] = [...documents.flatMap((each) => each.problems), ...problems];
  if (problem !== undefined) {
    const { line, column } = lineColumn(file, problem.span.start);
    throw new ConfigError(`${shown}:${line}:${column}: ${problem.message}`);
  }
  if (another !== undefined) throw new ConfigError(`\`${shown}\` holds more than one document`);
  if (document?.root === undefined) return { value: {} };
  return { value: plainJson(document.root), text: { file, root: document.root } };
}

function readText(path: string, shown: string) {
  try {
    return readSourceFile(path, shown);
  } catch (error) {
    throw new ConfigError(`cannot read \`${shown}\`: ${systemReason(error)}`);
  }
}

function faultError(faults: readonly ConfigFault[], shown: string): ConfigError {
  const [first] = faults;
  if (first === undefined) return new ConfigError(`\`${shown}\` is no configuration`);
  const { file, span, message, hint } = first;
  let place = shown;
  if (file !== undefined && span !== undefined) {
    const { line, column } = lineColumn(file, span.start);
    place = `${shown}:${line}:${column}`;
  }
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  return new ConfigError(`${place}: ${message}${more}`, hint);
}
