import type { Cluster } from '../../cluster/cluster.ts';
import type { Component } from '../../cluster/component.ts';
import { componentSetting, type Setting } from '../../cluster/component-settings.ts';
import { controlPlane } from '../../cluster/control-plane.ts';

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
}

/** Answers from the control plane as the manifests show it. */
export function componentFacts(cluster: Cluster): ComponentFacts {
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
  };
}
