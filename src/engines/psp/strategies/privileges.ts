import type { SecurityContext } from '../../../model/kinds/security-context.ts';
import type { StoredPolicy } from '../../../cluster/stored/stored-policy.ts';
import type { ContainerPlace } from './container-place.ts';
import { GO_NIL, goString, invalid, type PolicyError } from './policy-error.ts';

type Spec = StoredPolicy['spec'];

/** Checks the `privileged` and `procMount` of a container. Mirrors validateContainer of pkg/security/podsecuritypolicy, v1.24. */
export function privilegeErrors(policy: Spec, context: SecurityContext, place: ContainerPlace): PolicyError[] {
  const errors: PolicyError[] = [];
  const { privileged, procMount = 'Default' } = context;
  if (privileged === true && policy.privileged !== true) {
    const at = placeOf(place, 'privileged', 'privileged');
    errors.push(invalid(pathOf(place, 'privileged'), 'true', 'Privileged containers are not allowed', at));
  }
  const types = policy.allowedProcMountTypes ?? [];
  if (types.length === 0 ? procMount !== 'Default' : !types.includes(procMount)) {
    const at = placeOf(place, 'procMount', 'allowedProcMountTypes');
    errors.push(invalid(pathOf(place, 'procMount'), goString(procMount), 'ProcMountType is not allowed', at));
  }
  return errors;
}

/** Checks the root filesystem and the privilege escalation of a container, which come last. */
export function escalationErrors(policy: Spec, context: SecurityContext, place: ContainerPlace): PolicyError[] {
  const errors: PolicyError[] = [];
  const { readOnlyRootFilesystem: readOnly, allowPrivilegeEscalation: escalation } = context;
  if (policy.readOnlyRootFilesystem === true && readOnly !== true) {
    const field = 'readOnlyRootFilesystem';
    const detail =
      readOnly === undefined
        ? 'ReadOnlyRootFilesystem may not be nil and must be set to true'
        : 'ReadOnlyRootFilesystem must be set to true';
    const printed = readOnly === undefined ? GO_NIL : 'false';
    errors.push(invalid(pathOf(place, field), printed, detail, placeOf(place, field, field)));
  }
  if (!policy.allowPrivilegeEscalation && escalation !== false) {
    const field = 'allowPrivilegeEscalation';
    const detail = 'Allowing privilege escalation for containers is not allowed';
    const printed = escalation === undefined ? GO_NIL : 'true';
    errors.push(invalid(pathOf(place, field), printed, detail, placeOf(place, field, field)));
  }
  return errors;
}

function pathOf({ path }: ContainerPlace, field: string): string {
  return `${path}.securityContext.${field}`;
}

function placeOf({ podPath }: ContainerPlace, podField: string, policyField: string) {
  return { podPath: [...podPath, 'securityContext', podField], policyPath: ['spec', policyField] };
}
