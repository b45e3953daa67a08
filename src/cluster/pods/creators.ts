import type { Cluster, Settled, UserInfo } from '../index/cluster.ts';
import { AUTHENTICATED_GROUP, NODES_GROUP, serviceAccountUser } from '../index/system-users.ts';
import { lastFlag } from '../components/component.ts';
import { controlPlane } from '../components/control-plane.ts';
import { memo } from '../../lang/memo.ts';
import type { Creator } from './pod-source.ts';

/** A user of whom nothing is known but that the API server let them in. */
export const unknownUser: UserInfo = { name: '', groups: [AUTHENTICATED_GROUP] };

/** The user who applies manifests: as configured, else an unknown user. */
export function person(cluster: Cluster): Creator {
  const { creator } = cluster.settings;
  if (creator !== undefined)
    return { kind: 'person', user: { value: creator, origin: '`creator` in the configuration' } };
  return {
    kind: 'person',
    user: {
      value: unknownUser,
      origin: 'who applies this pod is not known, so only the rights of every authenticated user count',
      decide: 'set `creator` in the configuration to the name and groups of who applies it',
    },
  };
}

/** A creator that no manifest names: a custom controller, or somebody who uses a PodTemplate. */
export function unknownCreator(what: string): Creator {
  return {
    kind: 'unknown',
    user: {
      value: unknownUser,
      origin: `which account creates the pods of ${what} is not known, so only the rights of every authenticated user count`,
      decide: 'grant the right to the ServiceAccount of the pod, which is asked first',
    },
  };
}

/** The kubelet of some node, which creates mirrors of its static pods. */
export function kubelet(nodeName: string): Creator {
  const value: UserInfo = { name: `system:node:${nodeName}`, groups: [NODES_GROUP, AUTHENTICATED_GROUP] };
  return { kind: 'kubelet', user: { value, origin: 'a static pod: its kubelet creates the mirror' } };
}

/**
 * A controller of kube-controller-manager, by the name of its account: with --use-service-account-credentials that account in
 * kube-system, without it the one user all controllers share.
 */
export function controller(cluster: Cluster, name: string): Creator {
  return memo(cluster, namedController, name);
}

function namedController(cluster: Cluster, name: string): Creator {
  const credentials = controllerCredentials(cluster);
  const value = credentials.value
    ? serviceAccountUser('kube-system', name)
    : { name: 'system:kube-controller-manager', groups: [AUTHENTICATED_GROUP] };
  return { kind: 'controller', user: { ...credentials, value } };
}

const flagName = 'use-service-account-credentials';

/** Whether each controller has an account of its own: as configured, as kube-controller-manager's flags say, else as kubeadm does: yes. */
export function controllerCredentials(cluster: Cluster): Settled<boolean> {
  const { controllerCredentials: configured } = cluster.settings;
  if (configured !== undefined) return { value: configured, origin: '`controllerCredentials` in the configuration' };
  const component = controlPlane(cluster).controllerManagers.at(-1);
  if (component !== undefined) {
    const flag = lastFlag(component, flagName);
    if (flag !== undefined) {
      const value = ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(flag.value);
      return { value, origin: `kube-controller-manager has --${flagName}=${flag.value}`, place: flag.place };
    }
    if (component.source === 'pod') {
      const origin = `kube-controller-manager does not have --${flagName}, so its controllers share one user`;
      return { value: false, origin, place: component.place };
    }
    return { value: true, origin: `kubeadm sets --${flagName}`, place: component.place };
  }
  return {
    value: true,
    origin: `each controller is taken to have its own account (--${flagName}, as kubeadm sets it)`,
    decide: 'set `controllerCredentials` in the configuration, or add the kube-controller-manager manifest to the tree',
  };
}
