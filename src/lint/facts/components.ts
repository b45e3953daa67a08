import type { Component } from '../../cluster/components/component.ts';
import { componentSetting, type Setting } from '../../cluster/components/component-settings.ts';
import { controlPlane } from '../../cluster/components/control-plane.ts';
import { pluginState, type PluginState } from '../../cluster/components/plugin-state.ts';
import type { FactContext } from './fact-context.ts';

/** The components that manifests start, and how they are set. */
export interface ComponentFacts {
  /** Those of linted objects. */
  readonly linted: readonly Component[];
  /**
   * What a component does about a flag, a default or kubeadm's included; undefined where the manifests do not tell: another component, a
   * version without the flag, a configuration file that is not shown.
   */
  setting(component: Component, of: Component['name'], flag: string): Setting | undefined;
  /**
   * Of several flags that must be set together, the first that is not; undefined where all are, or one cannot be told.
   */
  firstUnset(component: Component, of: Component['name'], flags: readonly string[]): Setting | undefined;
  /** Whether a kube-apiserver runs an admission plugin; undefined for other components and where the version has no such plugin. */
  plugin(component: Component, plugin: string): PluginState | undefined;
  /** Whether a list of cipher suites has one with RC4, 3DES or CBC, or without forward secrecy (those of crypto/tls InsecureCipherSuites too). */
  hasWeakCipher(suites: string): boolean;
  /** Whether only the own host reaches an address, with or without a port. */
  isLoopback(address: string): boolean;
  /** The seconds of a duration as Go writes it (`1h30m`, `500ms`, `0`); undefined for anything else. */
  seconds(duration: string): number | undefined;
}

/** Answers from the control plane as the manifests show it. */
export function componentFacts({ cluster }: FactContext): ComponentFacts {
  const linted = controlPlane(cluster).components.filter(({ place }) => !cluster.context.has(place.object));
  const setting: ComponentFacts['setting'] = (component, of, flag) =>
    component.name === of ? componentSetting(component, flag, cluster.version.value) : undefined;
  return {
    linted,
    setting,
    firstUnset(component, of, flags) {
      const settings = flags.map((flag) => setting(component, of, flag));
      if (settings.some((each) => each === undefined)) return undefined;
      return settings.find((each) => each?.value === '');
    },
    plugin: (component, plugin) =>
      component.name === 'kube-apiserver' ? pluginState(component, plugin, cluster.version.value) : undefined,
    hasWeakCipher: (suites) => suites.split(',').some((suite) => isWeak(suite.trim())),
    isLoopback: (address) => /^(?:127\.[\d.]+|\[?::1\]?|localhost)(?::\d+)?$/.test(address),
    seconds: secondsOf,
  };
}

function isWeak(suite: string): boolean {
  return suite.startsWith('TLS_RSA_') || /_(?:RC4_128|3DES_EDE|CBC)_/.test(suite) || /_CBC_SHA\d*$/.test(suite);
}

const unitSeconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };

function secondsOf(duration: string): number | undefined {
  if (duration === '0') return 0;
  if (!/^(?:\d+(?:\.\d+)?(?:h|ms|[ms]|us|\u00b5s|ns))+$/.test(duration)) return undefined;
  const parts = duration.matchAll(/(\d+(?:\.\d+)?)(h|ms|[ms]|us|\u00b5s|ns)/g);
  return [...parts].reduce((sum, [, number, unit = '']) => sum + Number(number) * (unitSeconds[unit] ?? 0), 0);
}
