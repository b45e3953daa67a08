import type { ServerPod } from '../../../cluster/defaults/server-pod.ts';
import { sortedNames } from '../../../lang/resource-list.ts';
import type { Container } from '../../../model/kinds/container.ts';
import type { LimitRangeItem } from '../../../model/kinds/limit-range.ts';

const ANNOTATION = 'kubernetes.io/limit-ranger';

type Amounts = Readonly<Record<string, string>>;

/**
 * The pod with the default requests and limits of one LimitRange, and the annotation that tells of them; the pod itself where it needs
 * none. Mirrors mergePodResourceRequirements of plugin/pkg/admission/limitranger, v1.24.
 */
export function withDefaultLimits(pod: ServerPod, items: readonly LimitRangeItem[]): ServerPod {
  const ofContainers = items.filter(({ type }) => type === 'Container');
  const defaults = {
    requests: Object.assign({}, ...ofContainers.map(({ defaultRequest }) => defaultRequest)) as Amounts,
    limits: Object.assign({}, ...ofContainers.map((item) => item.default)) as Amounts,
  };
  const told: string[] = [];
  const fill = (containers: readonly Container[] | undefined, kind: string) =>
    containers?.map((container) => filled(container, kind, defaults, told));
  const containers = fill(pod.spec.containers, 'container');
  const initContainers = fill(pod.spec.initContainers, 'init container');
  if (told.length === 0) return pod;
  const annotations = { ...pod.metadata.annotations, [ANNOTATION]: `LimitRanger plugin set: ${told.join('; ')}` };
  return {
    ...pod,
    metadata: { ...pod.metadata, annotations },
    spec: { ...pod.spec, ...(containers && { containers }), ...(initContainers && { initContainers }) },
  };
}

function filled(
  container: Container,
  kind: string,
  defaults: { readonly requests: Amounts; readonly limits: Amounts },
  told: string[],
): Container {
  const { resources = {}, name = '' } = container;
  let changed = resources;
  for (const side of ['requests', 'limits'] as const) {
    const own = resources[side] ?? {};
    const missing = sortedNames(Object.keys(defaults[side])).filter((each) => !Object.hasOwn(own, each));
    if (missing.length === 0) continue;
    changed = { ...changed, [side]: { ...defaults[side], ...own } };
    told.push(`${missing.join(', ')} ${side === 'requests' ? 'request' : 'limit'} for ${kind} ${name}`);
  }
  return changed === resources ? container : { ...container, resources: changed };
}
