import type { ServerPod } from '../../../cluster/defaults/server-pod.ts';
import { aggregateMessages } from '../../../cluster/index/field-error.ts';
import { goQuote } from '../../../lang/go-quote.ts';
import { formatFieldPath, type FieldPath } from '../../../text/tree.ts';
import type { PodSpec } from '../../../model/kinds/pod.ts';
import type { Volume } from '../../../model/kinds/volume.ts';
import { forbidden } from '../request/forbidden.ts';
import type { AdmissionAttributes, AdmissionPlugin } from '../request/plugin.ts';
import { plainError } from '../request/rejections.ts';
import { oldPod, wholePod, withSpec } from '../request/requested-pod.ts';

const LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;
/** Before this minor every update of a pod was judged too; since then those alone that bring a new image. */
const FIRST_SPARED_UPDATES = 21;
/** Since this minor volumes may come from images. */
const FIRST_IMAGE_VOLUMES = 31;

/**
 * The plugin AlwaysPullImages: every container's image is pulled anew, so that the credentials of the pull count. It changes pods and hardly ever
 * refuses one. Mirrors plugin/pkg/admission/alwayspullimages, v1.11 to v1.37.
 */
export const alwaysPullImages: AdmissionPlugin = {
  name: 'AlwaysPullImages',
  operations: ['CREATE', 'UPDATE'],
  admit: (cluster, attributes) => {
    const pod = judgedPod(attributes, cluster.version.value.minor);
    if (pod === undefined) return {};
    const changed: Partial<Record<(typeof LISTS)[number], object>> = {};
    for (const list of LISTS) {
      const containers = pod.spec[list];
      if (containers === undefined) continue;
      changed[list] = containers.map((container) => ({ ...container, imagePullPolicy: 'Always' }));
    }
    const volumes = cluster.version.value.minor < FIRST_IMAGE_VOLUMES ? undefined : pod.spec.volumes;
    if (volumes?.some(({ image }) => image !== undefined) === true) {
      const pulled = (volume: Volume): Volume =>
        volume.image === undefined ? volume : { ...volume, image: { ...volume.image, pullPolicy: 'Always' } };
      return { object: withSpec(pod, { ...(changed as Partial<PodSpec>), volumes: volumes.map(pulled) }) };
    }
    return { object: withSpec(pod, changed as Partial<PodSpec>) };
  },
  validate: (cluster, attributes) => {
    const pod = judgedPod(attributes, cluster.version.value.minor);
    if (pod === undefined) return {};
    const messages = LISTS.flatMap((list) =>
      (pod.spec[list] ?? []).flatMap(({ imagePullPolicy = '' }, index) => {
        if (imagePullPolicy === 'Always') return [];
        return [complaint(attributes, ['spec', list, index, 'imagePullPolicy'], imagePullPolicy)];
      }),
    );
    for (const [index, { image }] of (pod.spec.volumes ?? []).entries()) {
      if (image === undefined || image.pullPolicy === 'Always') continue;
      messages.push(complaint(attributes, ['spec', 'volumes', index, 'image', 'pullPolicy'], image.pullPolicy ?? ''));
    }
    return messages.length === 0 ? {} : { rejection: plainError(aggregateMessages(messages)) };
  },
};

function complaint(attributes: AdmissionAttributes, path: FieldPath, policy: string): string {
  const detail = `${formatFieldPath(path)}: Unsupported value: ${goQuote(policy)}: supported values: "Always"`;
  return forbidden(attributes, detail).message;
}

function judgedPod(attributes: AdmissionAttributes, minor: number): ServerPod | undefined {
  const pod = wholePod(attributes);
  if (pod === undefined || attributes.operation !== 'UPDATE' || minor < FIRST_SPARED_UPDATES) return pod;
  const old = oldPod(attributes);
  const before = new Set(old === undefined ? [] : imagesOf(old));
  return imagesOf(pod).every((image) => before.has(image)) ? undefined : pod;
}

function imagesOf({ spec }: ServerPod): string[] {
  return LISTS.flatMap((list) => (spec[list] ?? []).map(({ image = '' }) => image));
}
