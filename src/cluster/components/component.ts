import type { ObjectPlace } from '../index/cluster.ts';

/** The programs of a cluster whose flags decide about its security. */
export type ComponentName =
  'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'etcd' | 'kubelet' | 'kube-proxy';

/** A flag of a component and where it is written. */
export interface ComponentFlag {
  readonly name: string;
  readonly value: string;
  readonly place: ObjectPlace;
}

/** One manifest that starts a component, kubeadm's configuration of it, or its own configuration file. */
export interface Component {
  readonly name: ComponentName;
  /** `kubeadm`: the flags come on top of those that kubeadm sets itself. `file`: a configuration object, which has fields instead of flags. */
  readonly source: 'pod' | 'kubeadm' | 'file';
  /** The container, the component's part of kubeadm's configuration, or the configuration object. */
  readonly place: ObjectPlace;
  readonly flags: readonly ComponentFlag[];
  /** The tag of its image, or kubeadm's kubernetesVersion; '' when there is none. */
  readonly version: string;
  /** Of a configuration file: whether it stands beside kubeadm's own configuration, so that kubeadm fills it in. */
  readonly filledByKubeadm?: boolean;
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
