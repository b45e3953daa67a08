import type { PodSource } from '../../cluster/pods/pod-source.ts';
import { describePod } from '../../lint/words/describe-pod.ts';
import { locate } from '../../text/tree.ts';
import { type PlaceValue, placeValue, placeValueAt } from '../values/reason-value.ts';

/** A pod that a manifest leads to, by its manifest. */
export interface PodValue extends PlaceValue {
  readonly namespace: string;
  /** As in the server's messages: `web-0`, or the prefix of a generated name. */
  readonly name: string;
  /** The manifest that makes it. `file` and `start` are where the pod or its template begins there. */
  readonly owner: { readonly apiVersion: string; readonly kind: string; readonly name: string };
  /** `default/web (Deployment)`: by the name of its manifest. */
  readonly title: string;
  /** The pods of the manifest as a sentence names them: ``the pods of Deployment `web` ``. */
  readonly description: string;
  /** Where its name stands, if it has a place of its own. */
  readonly at: PlaceValue | Record<string, never>;
}

/** Who asks the API server to create a pod. */
export interface CreatorValue {
  /** `person`: applies the manifest; `controller`: of kube-controller-manager; `kubelet`: of a static pod; `unknown`: not told by manifests. */
  readonly kind: 'person' | 'controller' | 'kubelet' | 'unknown';
  /** '' where nothing but the groups is known. */
  readonly name: string;
  readonly groups: readonly string[];
  /** Why it is taken to be so. */
  readonly origin: string;
  /** What to write to settle it; absent where it is settled. */
  readonly decide?: string;
}

/** A pod as plain JSON. */
export function podValue(source: PodSource): PodValue {
  const { owner, templatePath, namespace, name } = source;
  const { file, start } = placeValueAt(owner.document.file, locate(owner.node, templatePath));
  return {
    namespace,
    name,
    owner: { apiVersion: owner.apiVersion, kind: owner.kind, name: owner.name },
    file,
    start,
    title: titleOf(source),
    description: describePod(source),
    at: placeValue(source.placeOf(['metadata', 'name'])),
  };
}

/** Who creates a pod, as plain JSON. */
export function creatorValue({ creator: { kind, user } }: PodSource): CreatorValue {
  const { value, origin, decide } = user;
  return { kind, name: value.name, groups: value.groups, origin, ...(decide === undefined ? {} : { decide }) };
}

function titleOf({ namespace, owner }: PodSource): string {
  const own = `${namespace}/${owner.name === '' ? `${owner.generateName}…` : owner.name}`;
  return owner.kind === 'Pod' ? own : `${own} (${owner.kind})`;
}
