import type { FieldPath } from '../../text/tree.ts';
import { items, record } from '../json.ts';
import type { JsonObject } from '../object.ts';

/*
 * Routes of OpenShift (route.openshift.io/v1).
 */

/** A Service of its namespace that a Route sends requests to. */
export interface OpenShiftBackend {
  readonly path: FieldPath;
  readonly namePath: FieldPath;
  readonly portPath: FieldPath;
  readonly service: string;
  /** The port of the Service by its name; absent: all of them. */
  readonly port?: string;
  /** The port of the pods by its number; absent: all of those behind the Service. */
  readonly targetPort?: number;
}

/** Reads the backends of a Route as it is written. Its port is the name of a port of the Service, or the number of a port of the pods. */
export function readOpenShiftRoute(route: JsonObject): readonly OpenShiftBackend[] {
  const spec = record(route.spec);
  const { targetPort } = record(spec.port);
  const port = {
    ...(typeof targetPort === 'string' ? { port: targetPort } : {}),
    ...(typeof targetPort === 'number' ? { targetPort } : {}),
  };
  const written: readonly (readonly [FieldPath, JsonObject])[] = [
    [['spec', 'to'], record(spec.to)],
    ...items(spec.alternateBackends).map(([index, each]) => [['spec', 'alternateBackends', index], each] as const),
  ];
  return written.flatMap(([path, { name }]) =>
    typeof name === 'string'
      ? [{ path, namePath: [...path, 'name'], portPath: ['spec', 'port', 'targetPort'], service: name, ...port }]
      : [],
  );
}
