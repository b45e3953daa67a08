import type { Json, JsonObject } from '../../../model/object.ts';

/** A change to a pod of one container. Lists are added to, everything else is set. */
export interface PodEdit {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec?: JsonObject;
  /** Of the pod's security context. */
  readonly podContext?: JsonObject;
  readonly container?: JsonObject;
  /** Of the container's security context. */
  readonly context?: JsonObject;
  readonly addCapabilities?: readonly string[];
  readonly volume?: JsonObject;
  /** How the container mounts the volume. */
  readonly mount?: JsonObject;
  readonly sysctl?: string;
}

/** The name of the only container. */
export const CONTAINER = 'main';

/** A pod with these changes, one after another, to a pod that says next to nothing. It mounts no token: which policies admit it must not depend on that. */
export function editedPod(edits: readonly PodEdit[]): JsonObject {
  const annotations: JsonObject = {};
  const podContext: JsonObject = {};
  const context: JsonObject = {};
  const container: JsonObject = { name: CONTAINER, image: 'example/main:1.0' };
  const spec: JsonObject = { automountServiceAccountToken: false };
  const added: string[] = [];
  const volumes: Json[] = [];
  const mounts: Json[] = [];
  const sysctls: Json[] = [];
  for (const edit of edits) {
    Object.assign(annotations, edit.annotations);
    Object.assign(podContext, edit.podContext);
    Object.assign(context, edit.context);
    Object.assign(container, edit.container);
    Object.assign(spec, edit.spec);
    added.push(...(edit.addCapabilities ?? []));
    const name = `volume-${volumes.length}`;
    if (edit.volume !== undefined) volumes.push({ name, ...edit.volume });
    if (edit.mount !== undefined) mounts.push({ name, mountPath: `/${name}`, ...edit.mount });
    if (edit.sysctl !== undefined) sysctls.push({ name: edit.sysctl, value: '1' });
  }
  if (added.length > 0) {
    const { drop } = (context.capabilities ?? {}) as JsonObject;
    context.capabilities = { ...(drop === undefined ? {} : { drop }), add: [...new Set(added)] };
  }
  if (sysctls.length > 0) podContext.sysctls = sysctls;
  if (Object.keys(context).length > 0) container.securityContext = context;
  if (mounts.length > 0) container.volumeMounts = mounts;
  if (Object.keys(podContext).length > 0) spec.securityContext = podContext;
  if (volumes.length > 0) spec.volumes = volumes;
  const metadata: JsonObject = { name: 'example' };
  if (Object.keys(annotations).length > 0) metadata.annotations = annotations;
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { ...spec, containers: [container] } };
}
