import type { KubernetesVersion } from '../../model/versions.ts';
import { builtInPlugins } from './admission-plugins.ts';
import type { ObjectPlace } from '../index/cluster.ts';
import { type Component, listedIn } from './component.ts';

/** Whether one kube-apiserver runs an admission plugin. */
export interface PluginState {
  readonly on: boolean;
  /** The flag that decides; the component where none does. */
  readonly place: ObjectPlace;
  /** How we know, to stand in a message. */
  readonly words: string;
}

/** What kubeadm enables, unless `enable-admission-plugins` is given to it (cmd/kubeadm/app/phases/controlplane/manifests.go, v1.24). */
const ofKubeadm = 'NodeRestriction';

/**
 * Whether a kube-apiserver runs an admission plugin: `--admission-control` lists all that run, else enabled and disabled ones are laid over
 * the version's own. Undefined where the version has no such plugin. Mirrors enabledPluginNames of apiserver pkg/server/options and
 * computePluginNames of pkg/kubeapiserver/options, v1.24.
 */
export function pluginState(server: Component, plugin: string, version: KubernetesVersion): PluginState | undefined {
  const builtIn = builtInPlugins(version.minor).find(({ name }) => name === plugin);
  if (builtIn === undefined) return undefined;
  const [first, ...rest] = listedIn(server, 'admission-control');
  if (first !== undefined) {
    const listed = [first, ...rest].find(({ value }) => value === plugin);
    return {
      on: listed !== undefined,
      place: (listed ?? first).place,
      words: `\`--admission-control\` ${listed === undefined ? 'does not list' : 'lists'} \`${plugin}\``,
    };
  }
  const enabled = listedIn(server, 'enable-admission-plugins');
  const disabled = listedIn(server, 'disable-admission-plugins').find(({ value }) => value === plugin);
  if (disabled !== undefined) {
    return { on: false, place: disabled.place, words: `\`--disable-admission-plugins\` lists \`${plugin}\`` };
  }
  const listed = enabled.find(({ value }) => value === plugin);
  if (listed !== undefined) {
    return { on: true, place: listed.place, words: `\`--enable-admission-plugins\` lists \`${plugin}\`` };
  }
  if (server.source === 'kubeadm' && enabled.length === 0 && plugin === ofKubeadm) {
    return { on: true, place: server.place, words: `kubeadm enables \`${plugin}\`` };
  }
  const place = enabled[0]?.place ?? server.place;
  if (builtIn.onByDefault) return { on: true, place, words: `\`${plugin}\` is on by default` };
  const unlisted = enabled.length === 0 ? 'is not set' : `does not list \`${plugin}\``;
  return { on: false, place, words: `\`--enable-admission-plugins\` ${unlisted}` };
}
