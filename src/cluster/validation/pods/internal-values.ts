import { isObject, list } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';

/*
 * Values of pods as newer servers print them in messages: the internal Go types as JSON, all their fields in order. Facts: pkg/apis/core/types.go, v1.37.
 */

const CONTEXT = [
  ['Capabilities', 'capabilities'],
  ['Privileged', 'privileged'],
  ['SELinuxOptions', 'seLinuxOptions'],
  ['WindowsOptions', 'windowsOptions'],
  ['RunAsUser', 'runAsUser'],
  ['RunAsGroup', 'runAsGroup'],
  ['RunAsNonRoot', 'runAsNonRoot'],
  ['ReadOnlyRootFilesystem', 'readOnlyRootFilesystem'],
  ['AllowPrivilegeEscalation', 'allowPrivilegeEscalation'],
  ['ProcMount', 'procMount'],
  ['SeccompProfile', 'seccompProfile'],
  ['AppArmorProfile', 'appArmorProfile'],
] as const;

const NESTED: Readonly<Record<string, readonly (readonly [go: string, name: string, zero: Json])[]>> = {
  capabilities: [
    ['Add', 'add', null],
    ['Drop', 'drop', null],
  ],
  seLinuxOptions: [
    ['User', 'user', ''],
    ['Role', 'role', ''],
    ['Type', 'type', ''],
    ['Level', 'level', ''],
  ],
  windowsOptions: [
    ['GMSACredentialSpecName', 'gmsaCredentialSpecName', null],
    ['GMSACredentialSpec', 'gmsaCredentialSpec', null],
    ['RunAsUserName', 'runAsUserName', null],
    ['HostProcess', 'hostProcess', null],
  ],
  seccompProfile: [
    ['Type', 'type', ''],
    ['LocalhostProfile', 'localhostProfile', null],
  ],
  appArmorProfile: [
    ['Type', 'type', ''],
    ['LocalhostProfile', 'localhostProfile', null],
  ],
};

/** The security context of a container. */
export function internalSecurityContext(context: JsonObject): JsonObject {
  return Object.fromEntries(CONTEXT.map(([go, name]) => [go, internal(name, context[name])]));
}

function internal(name: string, value: Json | undefined): Json {
  const fields = NESTED[name];
  if (fields === undefined || !isObject(value)) return value ?? null;
  return Object.fromEntries(
    fields.map(([go, inner, zero]) => {
      const found = value[inner];
      return [go, Array.isArray(found) && list(found).length === 0 ? null : (found ?? zero)];
    }),
  );
}
