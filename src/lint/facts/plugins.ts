import { builtInPlugins } from '../../cluster/components/admission-plugins.ts';
import type { ObjectPlace } from '../../cluster/index/cluster.ts';
import { type Component, listedIn } from '../../cluster/components/component.ts';
import { MINORS } from '../../model/versions.ts';
import { pluginState } from '../../cluster/components/plugin-state.ts';
import type { FactContext } from './fact-context.ts';

/** An admission plugin that a flag names. */
export interface NamedPlugin {
  readonly name: string;
  readonly flag: string;
  readonly place: ObjectPlace;
  /** Whether the version has it: `unknown` to all versions, of `other` versions alone, or `known`. */
  readonly known: 'known' | 'other' | 'unknown';
  /** The other versions that have the plugin, as text; else ''. */
  readonly versions: string;
}

/** A plugin that is on by default and that a flag switches off. */
export interface SwitchedOff {
  readonly name: string;
  readonly place: ObjectPlace;
}

/** The admission plugins that kube-apiservers are told of. */
export interface PluginFacts {
  /** Those that the flags of a component name, in their order; none for other components. */
  named(component: Component): readonly NamedPlugin[];
  /** Those that a kube-apiserver would run and is told not to, in the server's order. */
  switchedOff(component: Component): readonly SwitchedOff[];
  /** The names of all plugins that the version has. */
  readonly names: readonly string[];
}

const FLAGS = ['enable-admission-plugins', 'disable-admission-plugins', 'admission-control'];

/** Answers from the flags and the versions' own plugins. */
export function pluginFacts({ cluster }: FactContext): PluginFacts {
  const version = cluster.version.value;
  const built = builtInPlugins(version.minor);
  return {
    names: built.map(({ name }) => name),
    named: (component) =>
      component.name === 'kube-apiserver'
        ? FLAGS.flatMap((flag) => listedIn(component, flag).map((each) => ({ ...each, flag }))).map(
            ({ value, place, flag }) => ({ name: value, flag, place, ...knownIn(value, version.minor) }),
          )
        : [],
    switchedOff: (component) =>
      component.name === 'kube-apiserver'
        ? built.flatMap(({ name, onByDefault }) => {
            const state = onByDefault ? pluginState(component, name, version) : undefined;
            return state?.on === false ? [{ name, place: state.place }] : [];
          })
        : [],
  };
}

function knownIn(name: string, minor: number): Pick<NamedPlugin, 'known' | 'versions'> {
  const minors = MINORS.filter((each) => builtInPlugins(each).some((plugin) => plugin.name === name));
  if (minors.includes(minor)) return { known: 'known', versions: '' };
  const [first, last] = [minors[0], minors.at(-1)];
  if (first === undefined || last === undefined) return { known: 'unknown', versions: '' };
  const versions =
    minor > last ? `it was removed in Kubernetes 1.${last + 1}` : `it was added in Kubernetes 1.${first}`;
  return { known: 'other', versions };
}
