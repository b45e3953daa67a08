import { SECCOMP_CONTAINER, SECCOMP_POD } from '../../cluster/index/pod-profiles.ts';
import type { Pod } from '../../model/kinds/pod.ts';

interface Imaged {
  readonly name?: string;
  readonly image?: string;
}

/** Servers of these minors and later do not look at changes of seccomp annotations, of the pod and of containers. */
const FIRST_WITHOUT_POD_SECCOMP = 25;
const FIRST_WITHOUT_CONTAINER_SECCOMP = 27;

/**
 * Whether an update of a pod is evaluated by a server of that minor: a container more or less, another image at the same place, an
 * ephemeral container added or with another image. Mirrors isSignificantPodUpdate of admission/admission.go, v0.23 to v0.37.
 */
export function isSignificantUpdate(pod: Pod, old: Pod, minor: number): boolean {
  const changed = (key: string): boolean => annotationOf(pod, key) !== annotationOf(old, key);
  if (minor < FIRST_WITHOUT_POD_SECCOMP && changed(SECCOMP_POD)) return true;
  const differs = (container: Imaged, before: Imaged): boolean => {
    if ((container.image ?? '') !== (before.image ?? '')) return true;
    return minor < FIRST_WITHOUT_CONTAINER_SECCOMP && changed(`${SECCOMP_CONTAINER}${container.name ?? ''}`);
  };
  const { spec = {} } = pod;
  const { spec: oldSpec = {} } = old;
  if (listsDiffer(spec.containers, oldSpec.containers, differs)) return true;
  if (listsDiffer(spec.initContainers, oldSpec.initContainers, differs)) return true;
  return (spec.ephemeralContainers ?? []).some((container) => {
    const { name = '' } = container;
    const before = oldSpec.ephemeralContainers?.find((other) => (other.name ?? '') === name);
    return before === undefined || differs(container, before);
  });
}

function annotationOf({ metadata }: Pod, key: string): string {
  const { annotations = {} } = metadata ?? {};
  return Object.hasOwn(annotations, key) ? (annotations[key] ?? '') : '';
}

function listsDiffer(
  containers: readonly Imaged[] = [],
  old: readonly Imaged[] = [],
  differs: (container: Imaged, before: Imaged) => boolean,
): boolean {
  return (
    containers.length !== old.length || containers.some((container, index) => differs(container, old[index] ?? {}))
  );
}
