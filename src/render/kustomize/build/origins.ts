import { scalarNode, NOWHERE, setField, setMetadataTexts } from '../node/edit.ts';
import { metadataTexts } from '../node/fields.ts';
import { styleOfText } from '../node/normalize.ts';
import { printScalar } from '../node/print.ts';
import { joinPath } from '../read/posix-path.ts';
import { apiVersionText, kindOf, nameOf, namespaceOf, ORIGIN, type Resource } from '../resource/resource.ts';
import { fieldSpec, visitFields } from '../transform/field-spec.ts';

/** Where the real tool says that an object, or a change of it, comes from. */
export interface Origin {
  readonly path: string;
  readonly configuredIn: string;
  readonly configuredBy:
    | { readonly apiVersion: string; readonly kind: string; readonly name: string; readonly namespace: string }
    | undefined;
}

/** What has changed an object, if the kustomization asks for it. */
export const TRANSFORMATIONS = 'alpha.config.kubernetes.io/transformations';

export const ROOT_ORIGIN: Origin = { path: '', configuredIn: '', configuredBy: undefined };

/** The origin of what a path of the kustomization names. */
export function originOf(origin: Origin, path: string): Origin {
  const joined = joinPath('/x'.repeat(DEPTH) + (origin.path === '' ? '' : `/${origin.path}`), path);
  return { ...origin, path: relative(joined) };
}

/** Paths may lead above the root; counted from far below, they stay absolute. */
const DEPTH = 64;

function relative(path: string): string {
  const from = '/x'.repeat(DEPTH).split('/');
  const to = path.split('/');
  let common = 0;
  while (common < from.length && common < to.length && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}

/** The origin of what a built-in generator or transformer of a kustomization does. */
export function builtinOrigin(origin: Origin, fileName: string, kind: string): Origin {
  const { path } = originOf(origin, fileName);
  return { path: '', configuredIn: path, configuredBy: { apiVersion: 'builtin', kind, name: '', namespace: '' } };
}

/** The origin of what a plugin does that an object configures. */
export function pluginOrigin(plugin: Resource): Origin | undefined {
  const written = metadataTexts(plugin.root, 'annotations').get(ORIGIN);
  if (written === undefined) return undefined;
  const path = /^path: (.*)$/m.exec(written)?.[1] ?? '';
  return {
    path: '',
    configuredIn: path,
    configuredBy: {
      apiVersion: apiVersionText(plugin),
      kind: kindOf(plugin),
      name: nameOf(plugin),
      namespace: namespaceOf(plugin),
    },
  };
}

function print({ path, configuredIn, configuredBy }: Origin, indent: string): string[] {
  const line = (name: string, value: string): string[] => {
    const node = { ...scalarNode(value, '!!str', NOWHERE), style: styleOfText(value) };
    return value === '' ? [] : [`${name}: ${printScalar(node, '', 'block')}`];
  };
  const by =
    configuredBy === undefined
      ? []
      : ['apiVersion', 'kind', 'name', 'namespace'].flatMap((name) =>
          line(name, { ...configuredBy }[name as keyof typeof configuredBy]).map((text) => `  ${text}`),
        );
  const lines = [
    ...line('path', path),
    ...line('configuredIn', configuredIn),
    ...(by.length === 0 ? [] : ['configuredBy:', ...by]),
  ];
  return lines.map((text) => indent + text);
}

const ANNOTATIONS = fieldSpec('metadata/annotations', true);

/** Says where an object that was read from a file comes from, and leaves its other annotations as they are. */
export function annotateOrigin({ root }: Resource, origin: Origin): void {
  const node = scalarNode(textOf(origin), '!!str', NOWHERE);
  visitFields(root, ANNOTATIONS, (map) => setField(map, ORIGIN, node), { kind: 'map', tag: '!!map', span: NOWHERE });
}

function textOf(origin: Origin): string {
  return print(origin, '')
    .map((line) => `${line}\n`)
    .join('');
}

/** Says where an object comes from. */
export function setOrigin({ root }: Resource, origin: Origin): void {
  setMetadataTexts(root, 'annotations', metadataTexts(root, 'annotations').set(ORIGIN, textOf(origin)));
}

export function hasOrigin({ root }: Resource): boolean {
  return metadataTexts(root, 'annotations').has(ORIGIN);
}

/** Says that a transformer has been at work; of an object without an origin, that it comes from there. */
export function addTransformation(resource: Resource, origin: Origin): void {
  if (!hasOrigin(resource)) {
    setOrigin(resource, origin);
    return;
  }
  const { root } = resource;
  const texts = metadataTexts(root, 'annotations');
  const [first = '', ...rest] = print(origin, '  ');
  const item = [`- ${first.slice(2)}`, ...rest].map((line) => `${line}\n`).join('');
  setMetadataTexts(root, 'annotations', texts.set(TRANSFORMATIONS, (texts.get(TRANSFORMATIONS) ?? '') + item));
}
