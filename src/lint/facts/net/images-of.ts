import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { record, records } from '../../../model/json.ts';

/** The images of a pod's containers without tag and digest. */
export function imagesOf({ pod }: PodSource): readonly string[] {
  return records(record(pod.spec).containers).flatMap(({ image }) =>
    typeof image === 'string' ? [image.replace(/@.*$/, '').replace(/:[^/]*$/, '')] : [],
  );
}
