import type { ManifestObject } from '../model/object.ts';
import { child, type FieldPath, type Tree } from '../text/tree.ts';
import type { Cluster, ObjectPlace } from './cluster.ts';
import { parseFlags, shellWords, type Word } from './component-flags.ts';
import { itemsAt, nodeAt, stringAt } from './field-node.ts';
import { workloadKind } from './workload-kinds.ts';

/** The components whose flags decide about admission and about who creates pods. */
export type ComponentName = 'kube-apiserver' | 'kube-controller-manager';

/** A flag of a component and where it is written. */
export interface ComponentFlag {
  readonly name: string;
  readonly value: string;
  readonly place: ObjectPlace;
}

/** One manifest that starts a component, or kubeadm's configuration of it. */
export interface Component {
  readonly name: ComponentName;
  /** `kubeadm`: the flags come on top of those that kubeadm sets itself. */
  readonly source: 'pod' | 'kubeadm';
  /** The container, or the component's part of kubeadm's configuration. */
  readonly place: ObjectPlace;
  readonly flags: readonly ComponentFlag[];
  /** The tag of its image, or kubeadm's kubernetesVersion; '' when there is none. */
  readonly version: string;
}

/** The control plane as far as the manifests show it. */
export interface ControlPlane {
  readonly apiServers: readonly Component[];
  readonly controllerManagers: readonly Component[];
}

const known = new WeakMap<Cluster, ControlPlane>();

/** The control plane components among a cluster's objects, superseded copies left out. */
export function controlPlane(cluster: Cluster): ControlPlane {
  let facts = known.get(cluster);
  if (facts === undefined) known.set(cluster, (facts = controlPlaneOf(cluster.objects)));
  return facts;
}

/** The same for objects that are no cluster yet. */
export function controlPlaneOf(objects: Iterable<ManifestObject>): ControlPlane {
  const components: Component[] = [];
  for (const object of objects) {
    if (object.group === 'kubeadm.k8s.io') components.push(...kubeadmComponents(object));
    const kind = workloadKind(object);
    if (kind === undefined) continue;
    const path = [...kind.templatePath, 'spec', 'containers'];
    for (const [index, container] of itemsAt(object.node, path).entries()) {
      const component = podComponent(object, container, [...path, index]);
      if (component !== undefined) components.push(component);
    }
  }
  return {
    apiServers: components.filter((component) => component.name === 'kube-apiserver'),
    controllerManagers: components.filter((component) => component.name === 'kube-controller-manager'),
  };
}

/** The last use of a flag that holds one value; undefined where it is not set. */
export function lastFlag(component: Component, name: string): ComponentFlag | undefined {
  return component.flags.findLast((flag) => flag.name === name);
}

/** The members of a flag that holds a list, over all its uses: pflag's StringSlice appends. */
export function listedIn(component: Component, name: string): ComponentFlag[] {
  return component.flags
    .filter((flag) => flag.name === name)
    .flatMap((flag) => flag.value.split(',').map((value) => ({ ...flag, value })))
    .filter((flag) => flag.value !== '');
}

function podComponent(object: ManifestObject, container: Tree, path: FieldPath): Component | undefined {
  if (container.type !== 'map') return undefined;
  const command = child(container, 'command');
  const args = child(container, 'args');
  if (command?.type !== 'list' && args?.type !== 'list') return undefined;
  const image = stringAt(container, ['image']);
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

/** Which component a command starts, and the words after its name; the name is undefined for any other command. */
function commandLine(words: readonly Word[]): { name: ComponentName | undefined; words: readonly Word[] } {
  const [program, second, third] = words;
  if (program === undefined) return { name: undefined, words };
  const base = basename(program.text);
  if (base === 'hyperkube' && second !== undefined) {
    return { name: componentNamed(second.text), words: words.slice(2) };
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

function componentNamed(text: string): ComponentName | undefined {
  switch (text) {
    case 'kube-apiserver':
    case 'apiserver':
      return 'kube-apiserver';
    case 'kube-controller-manager':
    case 'controller-manager':
      return 'kube-controller-manager';
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

const kubeadmParts: readonly (readonly [ComponentName, FieldPath])[] = [
  ['kube-apiserver', ['apiServer', 'extraArgs']],
  ['kube-apiserver', ['apiServerExtraArgs']],
  ['kube-controller-manager', ['controllerManager', 'extraArgs']],
  ['kube-controller-manager', ['controllerManagerExtraArgs']],
];

/** kubeadm's ClusterConfiguration (MasterConfiguration before v1alpha3); arguments are a map, from v1beta4 on a list of name and value. */
function kubeadmComponents(object: ManifestObject): Component[] {
  if (object.kind !== 'ClusterConfiguration' && object.kind !== 'MasterConfiguration') return [];
  const version = stringAt(object.node, ['kubernetesVersion']);
  const flags = new Map<ComponentName, ComponentFlag[]>([
    ['kube-apiserver', []],
    ['kube-controller-manager', []],
  ]);
  for (const [name, path] of kubeadmParts) {
    const node = nodeAt(object.node, path);
    if (node?.type === 'map') {
      for (const entry of node.entries) {
        if (entry.value.type !== 'string') continue;
        flags
          .get(name)
          ?.push({ name: entry.key, value: entry.value.value, place: { object, path: [...path, entry.key] } });
      }
    } else if (node?.type === 'list') {
      for (const [index, item] of node.items.entries()) {
        const flag = { name: stringAt(item, ['name']), value: stringAt(item, ['value']) };
        flags.get(name)?.push({ ...flag, place: { object, path: [...path, index] } });
      }
    }
  }
  return [...flags].map(([name, own]) => ({
    name,
    source: 'kubeadm',
    place: { object, path: [name === 'kube-apiserver' ? 'apiServer' : 'controllerManager'] },
    flags: own,
    version,
  }));
}
