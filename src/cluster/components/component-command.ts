import type { ManifestObject } from '../../model/object.ts';
import { child, type FieldPath, type Tree } from '../../text/tree.ts';
import type { Component, ComponentName } from './component.ts';
import { parseFlags, shellWords, type Word } from './component-flags.ts';
import { itemsAt, stringAt } from '../index/field-node.ts';

/** The component that a container starts, by its command line or, where the image has the command, by its image. */
export function containerComponent(object: ManifestObject, container: Tree, path: FieldPath): Component | undefined {
  if (container.type !== 'map') return undefined;
  const command = child(container, 'command');
  const args = child(container, 'args');
  if (command?.type !== 'list' && args?.type !== 'list') return undefined;
  const image = stringAt(container, ['image']);
  if (![image, ...textsOf(command), ...textsOf(args)].some((text) => MAYBE_NAMED.test(text))) return undefined;
  const words: { text: string; path: FieldPath }[] = [];
  for (const [field, list] of [
    ['command', command],
    ['args', args],
  ] as const) {
    if (list?.type !== 'list') continue;
    for (const [index, item] of list.items.entries()) {
      if (item.type === 'string') words.push({ text: item.value, path: [...path, field, index] });
    }
  }
  const line = commandLine(words.map((word, index) => ({ text: word.text, index })));
  const name = line.name ?? (command === undefined ? componentNamed(repositoryOf(image)) : undefined);
  if (name === undefined) return undefined;
  const flags = parseFlags(line.words).map((use) => ({
    name: use.name,
    value: use.value,
    place: { object, path: words[use.index]?.path ?? path },
  }));
  return { name, source: 'pod', place: { object, path }, flags, version: tagOf(image) };
}

/** Without one of these a command or image names no component, not even within a script or to hyperkube. */
const MAYBE_NAMED = /kube|etcd/;

function textsOf(list: Tree | undefined): string[] {
  return list?.type === 'list' ? list.items.flatMap((item) => (item.type === 'string' ? [item.value] : [])) : [];
}

/** Which component a command starts, and the words after its name; the name is undefined for any other command. */
function commandLine(words: readonly Word[]): { name: ComponentName | undefined; words: readonly Word[] } {
  const [program, second, third] = words;
  if (program === undefined) return { name: undefined, words };
  const base = basename(program.text);
  if (base === 'hyperkube' && second !== undefined) {
    return { name: componentNamed(hyperkubeNames.get(second.text) ?? second.text), words: words.slice(2) };
  }
  if ((base === 'sh' || base === 'bash') && second?.text.endsWith('c') === true && third !== undefined) {
    const script = shellWords(third.text).map((text) => ({ text, index: third.index }));
    const start = script.findIndex((word) => componentNamed(basename(word.text)) !== undefined);
    const found = script[start];
    if (found !== undefined) return { name: componentNamed(basename(found.text)), words: script.slice(start + 1) };
  }
  // go-runner and the like start what follows them.
  const start = words.findIndex(
    (word) => !word.text.startsWith('-') && componentNamed(basename(word.text)) !== undefined,
  );
  const found = words[start];
  if (start < 0 || found === undefined) return { name: undefined, words };
  return { name: componentNamed(basename(found.text)), words: words.slice(start + 1) };
}

/** What hyperkube also called them; anywhere else an `apiserver` is somebody else's. */
const hyperkubeNames: ReadonlyMap<string, string> = new Map([
  ['apiserver', 'kube-apiserver'],
  ['controller-manager', 'kube-controller-manager'],
  ['scheduler', 'kube-scheduler'],
  ['proxy', 'kube-proxy'],
]);

function componentNamed(text: string): ComponentName | undefined {
  switch (text) {
    case 'kube-apiserver':
    case 'kube-controller-manager':
    case 'kube-scheduler':
    case 'etcd':
    case 'kubelet':
    case 'kube-proxy':
      return text;
    default:
      return undefined;
  }
}

function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

const programs: ReadonlySet<string> = new Set([
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'etcd',
  'cloud-controller-manager',
]);

/** The control plane program that a container runs, by its command or the repository of its image; undefined for all others. */
export function controlPlaneProgram(container: Tree): string | undefined {
  const words = [...itemsAt(container, ['command']), ...itemsAt(container, ['args'])];
  const named = words
    .map((word) => (word.type === 'string' ? basename(word.value) : ''))
    .find((word) => programs.has(word));
  if (named !== undefined) return named;
  const repository = repositoryOf(stringAt(container, ['image']));
  return programs.has(repository) ? repository : undefined;
}

function repositoryOf(image: string): string {
  return basename(image).replace(/[:@].*$/, '');
}

function tagOf(image: string): string {
  return /:([^:@/]*)(?:@.*)?$/.exec(image)?.[1] ?? '';
}
