import { Ajv, type ErrorObject } from 'ajv';
import type { FieldPath, Span, Tree } from '../../text/tree.ts';
import { locate } from '../../text/tree.ts';
import { NEWEST_MINOR, OLDEST_MINOR } from '../../model/versions.ts';
import type { SourceFile } from '../../text/source.ts';
import { nearest } from '../../lang/nearest.ts';
import type { Rule } from '../rule.ts';
import { configSchema } from './config-schema.ts';
import type { Config } from './config.ts';

/** One fault of a configuration: where, what, and what to write instead. `file` and `span` are there when it was read from text. */
export interface ConfigFault {
  readonly path: FieldPath;
  readonly message: string;
  readonly hint?: string;
  readonly file?: SourceFile;
  readonly span?: Span;
}

/** The text a configuration was read from, so that faults have positions. */
export interface ConfigText {
  readonly file: SourceFile;
  readonly root: Tree;
}

export interface CheckedConfig {
  /** The configuration, when it has no fault. */
  readonly config: Config | undefined;
  readonly faults: readonly ConfigFault[];
}

/**
 * Holds a plain value to the configuration's schema; every fault is said at once. This module brings ajv along, which costs more to
 * load than a small tree to lint: import it only when there is a configuration.
 */
export function checkConfig(value: unknown, rules: readonly Rule[], text?: ConfigText): CheckedConfig {
  const validate = new Ajv({ allErrors: true, strict: false, verbose: true }).compile<Config>(configSchema(rules));
  // An empty YAML file holds null: nothing is configured.
  const config = readOff(value ?? {});
  if (validate(config)) return { config, faults: [] };
  const faults = telling(validate.errors ?? []).map((error) => describe(error));
  return { config: undefined, faults: dedupe(faults).map((fault) => placed(fault, text)) };
}

/** In YAML 1.1 an unquoted `off` is false: as a level it is what was written. */
function readOff(config: unknown): unknown {
  if (!isMap(config) || !isMap(config.rules)) return config;
  const level = (value: unknown) => (value === false ? 'off' : value);
  const rules = Object.entries(config.rules).map(([id, setting]): [string, unknown] => [
    id,
    Array.isArray(setting) ? setting.map((item: unknown, index) => (index === 0 ? level(item) : item)) : level(setting),
  ]);
  return { ...config, rules: Object.fromEntries(rules) };
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Leaves out the branches of an `anyOf` that the value never tried to be: options are judged when there is a list. */
function telling(errors: readonly ErrorObject[]): ErrorObject[] {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf');
  return errors.filter((error) => {
    const choice = choices.find(({ instancePath }) => isWithin(error.instancePath, instancePath));
    if (choice === undefined) return true;
    const listGiven = Array.isArray(choice.data) && choice.data.length > 0;
    return listGiven ? error !== choice && error.instancePath !== choice.instancePath : error === choice;
  });
}

function isWithin(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}/`);
}

function describe(error: ErrorObject): ConfigFault {
  const path = pathOf(error.instancePath);
  const name = path.length === 0 ? 'the configuration' : `\`${formatKeys(path)}\``;
  const params: Readonly<Record<string, unknown>> = error.params;
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(path, String(params.additionalProperty), error);
    case 'required':
      return { path, message: `${name} lacks \`${String(params.missingProperty)}\`` };
    case 'anyOf':
      return levelFault(path, name, error.data);
    case 'enum':
      return levelFault(path, name, error.data);
    case 'type':
      return {
        path,
        message: `${name} must be ${article(String(params.type))}, not ${nounOf(error.data)}`,
        ...(params.type === 'string' && typeof error.data === 'number' ? { hint: 'put it in quotes' } : {}),
      };
    case 'pattern':
      return {
        path,
        message: `${name} is \`${String(error.data)}\`, which is not a version of Kubernetes that k8sec knows`,
        hint: `write it as \`1.24\`; known are 1.${OLDEST_MINOR} to 1.${NEWEST_MINOR}`,
      };
    default:
      return { path, message: `${name} ${error.message ?? 'is not valid'}` };
  }
}

function unknownKey(parent: FieldPath, key: string, error: ErrorObject): ConfigFault {
  const known = Object.keys((error.parentSchema as { properties?: object }).properties ?? {});
  const isRule = parent.length === 1 && parent[0] === 'rules';
  const meant = nearest(key, known);
  const message = isRule ? `unknown rule \`${key}\`` : `unknown setting \`${formatKeys([...parent, key])}\``;
  const hint = meant === undefined ? otherwiseKnown(parent, known, isRule) : `did you mean \`${meant}\`?`;
  return { path: [...parent, key], message, hint };
}

function otherwiseKnown(parent: FieldPath, known: readonly string[], isRule: boolean): string {
  if (isRule) return 'run `k8sec rules` to list the rules';
  if (known.length > 0) return `known: ${known.join(', ')}`;
  return parent[0] === 'rules'
    ? `\`${String(parent[1])}\` has no options`
    : `\`${formatKeys(parent)}\` has no settings`;
}

function levelFault(path: FieldPath, name: string, data: unknown): ConfigFault {
  const given = typeof data === 'string' ? `\`${data}\`` : nounOf(data);
  const hint = typeof data === 'string' ? levelMeant(data) : undefined;
  const message = `${name} must be \`off\`, \`info\`, \`warning\` or \`error\`, or a list of one of them and options, not ${given}`;
  return hint === undefined ? { path, message } : { path, message, hint: `did you mean \`${hint}\`?` };
}

function levelMeant(text: string): string | undefined {
  const levels = ['off', 'info', 'warning', 'error'];
  const word = text.toLowerCase();
  return levels.find((level) => word !== '' && level.startsWith(word)) ?? nearest(word, levels);
}

function placed(fault: ConfigFault, text: ConfigText | undefined): ConfigFault {
  if (text === undefined) return fault;
  return {
    ...fault,
    file: text.file,
    span: locate(text.root, fault.path, fault.message.startsWith('unknown ') ? 'key' : 'value'),
  };
}

function dedupe(faults: readonly ConfigFault[]): ConfigFault[] {
  const seen = new Set<string>();
  return faults.filter(({ path, message }) => {
    const key = `${formatKeys(path)} ${message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** A JSON pointer's segments; all digits mean an index, since no object of a configuration is keyed by numbers. */
function pathOf(pointer: string): FieldPath {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((segment) => (/^\d+$/.test(segment) ? Number(segment) : segment));
}

/** `rules.psp/pod-forbidden[1].ignoreNamespaces` */
function formatKeys(path: FieldPath): string {
  let text = '';
  for (const segment of path)
    text += typeof segment === 'number' ? `[${String(segment)}]` : text === '' ? segment : `.${segment}`;
  return text;
}

function article(type: string): string {
  if (type === 'array') return 'a list';
  if (type === 'object') return 'a map';
  return type === 'integer' ? 'an integer' : `a ${type}`;
}

function nounOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a map' : `a ${typeof value}`;
}
