import type { ServerPod } from '../../../cluster/defaults/server-pod.ts';
import type { Json, JsonObject } from '../../../model/object.ts';

/** The pod as somebody would write it who writes out what a policy filled in: annotations, runtime class and security contexts. */
export function filledPod(written: JsonObject, filled: ServerPod): JsonObject {
  const { annotations } = filled.metadata;
  const { securityContext, runtimeClassName, containers = [] } = filled.spec;
  const spec = written.spec as JsonObject;
  const own = (spec.containers ?? []) as JsonObject[];
  return {
    ...written,
    metadata: { ...(written.metadata as JsonObject), ...(annotations && { annotations: { ...annotations } }) },
    spec: {
      ...spec,
      ...(securityContext && { securityContext: json(securityContext) }),
      ...(runtimeClassName === undefined ? {} : { runtimeClassName }),
      containers: own.map((container, index) => {
        const context = containers[index]?.securityContext;
        return context === undefined ? container : { ...container, securityContext: json(context) };
      }),
    },
  };
}

function json(value: object): Json {
  return value as unknown as Json;
}
