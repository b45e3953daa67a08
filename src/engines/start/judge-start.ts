import type { Cluster } from '../../cluster/index/cluster.ts';
import { imageEntry } from '../../cluster/pods/image-table.ts';
import type { PodSource } from '../../cluster/pods/pod-source.ts';
import { once } from '../../lang/once.ts';
import type { Container } from '../../model/kinds/container.ts';
import type { PodSpec } from '../../model/kinds/pod.ts';
import type { FieldPath } from '../../text/tree.ts';
import type { Assumption, Reason, Step, Verdict } from '../verdict.ts';
import { imageUser, type ImageUser } from './image-user.ts';

/** `fails`: the kubelet refuses to start a container, again and again. */
export type StartDecision = 'starts' | 'fails' | 'unknown';

/** What the kubelet says about one container. */
export interface ContainerStart {
  readonly container: string;
  readonly image: string;
  readonly decision: StartDecision;
  /** The kubelet's words, without the pod and container that it names in brackets; '' where it says nothing. */
  readonly message: string;
  /** In the pod: the field that decides. */
  readonly path: FieldPath;
  /** Who the container runs as, where that is known: `user 0`, `user nginx`. */
  readonly user: string;
  /** What the kubelet refuses, in few words: `image user 0`, `runAsUser 0`; '' where it does not. */
  readonly cause: string;
  readonly assumptions: readonly Assumption[];
}

/** Whether the kubelet can start an admitted pod; the first container that fails decides. */
export interface StartVerdict extends Verdict<StartDecision> {
  readonly containers: readonly ContainerStart[];
}

/**
 * Whether the kubelet can start an admitted pod's containers, as far as `runAsNonRoot` decides it: an image's user is known from the
 * configuration or not at all. `because` has the fields that decide, in the manifest of the pod. Mirrors verifyRunAsNonRoot of
 * pkg/kubelet/kuberuntime/security_context_others.go and _windows.go, v1.24.
 */
export function judgeStart(cluster: Cluster, source: Pick<PodSource, 'placeOf'>, spec: PodSpec): StartVerdict {
  const judged = once(() =>
    LISTS.flatMap((list) =>
      (spec[list] ?? []).map((container, index) => judgeContainer(cluster, spec, container, ['spec', list, index])),
    ),
  );
  // Most pods ask for nothing that the kubelet could refuse.
  if (!asksNonRoot(spec)) {
    return {
      decision: 'starts',
      message: '',
      because: [],
      get steps() {
        return judged().map(startStep);
      },
      get containers() {
        return judged();
      },
      assumptions: [],
    };
  }
  const containers = judged();
  const deciding =
    containers.find(({ decision }) => decision === 'fails') ??
    containers.find(({ decision }) => decision === 'unknown');
  const assumptions = containers.flatMap((each) => each.assumptions);
  return {
    decision: deciding?.decision ?? 'starts',
    message: deciding?.message ?? '',
    get because() {
      return containers
        .filter(({ decision }) => decision === 'fails')
        .map(({ path, cause, container }): Reason => {
          return { ...source.placeOf(path), sentence: `container ${container}: ${cause}` };
        });
    },
    get steps() {
      return containers.map(startStep);
    },
    containers,
    assumptions: [...new Map(assumptions.map((each) => [each.decide, each])).values()],
  };
}

const LISTS = ['initContainers', 'containers'] as const;

function asksNonRoot(spec: PodSpec): boolean {
  return (
    spec.securityContext?.runAsNonRoot === true ||
    LISTS.some((list) => spec[list]?.some(({ securityContext }) => securityContext?.runAsNonRoot === true) === true)
  );
}

/** What happens to one container, as text: `container web starts as user 1001`. */
function startStep({ container, decision, message, user }: ContainerStart): Step {
  switch (decision) {
    case 'starts':
      return { sentence: `container ${container} starts${user === '' ? '' : ` as ${user}`}`, outcome: 'passed' };
    case 'fails':
      return { sentence: `container ${container} does not start: ${message}`, outcome: 'failed' };
    case 'unknown':
      return { sentence: `the user of container ${container} is not known`, outcome: 'noted' };
  }
}

function judgeContainer(cluster: Cluster, spec: PodSpec, container: Container, path: FieldPath): ContainerStart {
  const { name = '', image = '', securityContext: own = {} } = container;
  const ofPod = spec.securityContext ?? {};
  const runAsNonRoot = own.runAsNonRoot ?? ofPod.runAsNonRoot;
  const place = (field: string): FieldPath =>
    field in own ? [...path, 'securityContext', field] : ['spec', 'securityContext', field];
  const at = { container: name, image, path: place('runAsNonRoot'), cause: '', assumptions: [] };
  const entry = imageEntry(cluster, image);
  const user = entry?.user === undefined ? undefined : imageUser(entry.user);
  if (isWindows(spec)) return windowsStart(spec, container, user, at, runAsNonRoot === true);
  const runAsUser = own.runAsUser ?? ofPod.runAsUser;
  if (runAsUser !== undefined) {
    const shown = `user ${runAsUser}`;
    if (runAsNonRoot !== true || runAsUser !== 0) return { ...at, decision: 'starts', message: '', user: shown };
    const message = "container's runAsUser breaks non-root policy";
    return {
      ...at,
      decision: 'fails',
      message,
      user: shown,
      cause: `runAsUser ${runAsUser}`,
      path: place('runAsUser'),
    };
  }
  const shown = user === undefined ? '' : `user ${user.name === '' ? user.uid : user.name}`;
  if (runAsNonRoot !== true) return { ...at, decision: 'starts', message: '', user: shown };
  if (user === undefined)
    return { ...at, decision: 'unknown', message: '', user: '', assumptions: [unknownUser(image)] };
  if (user.name !== '') {
    const message = `container has runAsNonRoot and image has non-numeric user (${user.name}), cannot verify user is non-root`;
    return { ...at, decision: 'fails', message, user: shown, cause: `image ${shown}` };
  }
  if (user.uid !== 0) return { ...at, decision: 'starts', message: '', user: shown };
  const message = 'container has runAsNonRoot and image will run as root';
  return { ...at, decision: 'fails', message, user: shown, cause: `image ${shown}` };
}

const administrator = 'containeradministrator';

function windowsStart(
  spec: PodSpec,
  { securityContext: own = {} }: Container,
  user: ImageUser | undefined,
  at: Omit<ContainerStart, 'decision' | 'message' | 'user'>,
  runAsNonRoot: boolean,
): ContainerStart {
  const name = own.windowsOptions?.runAsUserName ?? spec.securityContext?.windowsOptions?.runAsUserName;
  const known = name ?? user?.name;
  const shown = known === undefined || known === '' ? '' : `user ${known}`;
  if (!runAsNonRoot || (known !== undefined && known.toLowerCase() !== administrator)) {
    return { ...at, decision: 'starts', message: '', user: shown };
  }
  if (known === undefined) {
    return { ...at, decision: 'unknown', message: '', user: '', assumptions: [unknownUser(at.image)] };
  }
  const field = name === undefined ? 'runAsUser' : 'runAsUserName';
  const message = `container's ${field} (${known}) which will be regarded as root identity and will break non-root policy`;
  const cause = name === undefined ? `image user ${known}` : `runAsUserName ${known}`;
  return { ...at, decision: 'fails', message, user: shown, cause };
}

function isWindows({ os, nodeSelector }: PodSpec): boolean {
  return os?.name === 'windows' || nodeSelector?.['kubernetes.io/os'] === 'windows';
}

function unknownUser(image: string): Assumption {
  return {
    sentence: `which user the image \`${image}\` runs as is not known`,
    decide: `add \`"${image}": { user: … }\` to \`settings.images\` of the configuration`,
  };
}
