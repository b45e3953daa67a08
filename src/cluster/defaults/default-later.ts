import { imagePullPolicy } from '../../lang/image-reference.ts';
import type { Container, EphemeralContainer } from '../../model/kinds/container.ts';
import type { PodSpec } from '../../model/kinds/pod.ts';
import { roundUpResources } from './default-container.ts';
import type { Mutable } from './server-pod.ts';

type AnyContainer = Mutable<Container> | Mutable<EphemeralContainer>;

/** A spec with fields of later versions than `PodSpec` has them. */
export type LaterSpec = Mutable<PodSpec> & {
  resources?: { limits?: Record<string, string>; requests?: Record<string, string> };
};

const FIRST_IMAGE_VOLUMES = 35;
const FIRST_ENV_FILES = 34;

/** What versions after 1.24 fill in besides, in pods and in their templates. Mirrors pkg/apis/core/v1 defaults, v1.25 to v1.37. */
export function defaultLater(spec: LaterSpec, containers: readonly AnyContainer[], minor: number): void {
  roundUpResources(spec.resources?.limits);
  roundUpResources(spec.resources?.requests);
  if (minor >= FIRST_IMAGE_VOLUMES) {
    for (const { image } of (spec.volumes ?? []) as { image?: { reference?: string; pullPolicy?: string } }[]) {
      if (image !== undefined) image.pullPolicy ??= imagePullPolicy(image.reference ?? '', minor);
    }
  }
  if (minor < FIRST_ENV_FILES) return;
  for (const { env = [] } of containers) {
    for (const { valueFrom } of env as { valueFrom?: { fileKeyRef?: { optional?: boolean } } }[]) {
      if (valueFrom?.fileKeyRef !== undefined) valueFrom.fileKeyRef.optional ??= false;
    }
  }
}
