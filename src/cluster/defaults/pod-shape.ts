import { modelShape } from './model-shape.ts';
import type { Shape } from './shape.ts';

/** The shape of one struct of a pod (`Pod`, `PodSpec`, `Container`, `ObjectMeta`, ...) in a minor; without one, with the fields of all minors. */
export function podShape(name: string, minor?: number): Shape {
  return modelShape(`${name === 'ObjectMeta' ? 'meta' : 'core'}.v1.${name}`, minor);
}
