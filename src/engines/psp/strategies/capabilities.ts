import { compareBytes } from '../../../lang/byte-order.ts';
import type { PodSecurityPolicySpec } from '../../../model/kinds/pod-security-policy.ts';
import type { Capabilities } from '../../../model/kinds/security-context.ts';
import type { ContainerPlace } from './container-place.ts';
import { GO_NIL, goSlice, goString, invalid, type PolicyError } from './policy-error.ts';

/** What a policy says about capabilities. They are literal strings: `ALL`, `CAP_X` and `x` have no meaning of their own. */
export interface CapabilityRule {
  readonly defaultAdd: readonly string[];
  readonly requiredDrop: readonly string[];
  /** Capabilities a container may have: the allowed ones and those added by default. */
  readonly allowed: ReadonlySet<string>;
  /** `*` is among the allowed ones: nothing is checked. */
  readonly any: boolean;
}

/** Reads the capability fields of a policy. Mirrors pkg/security/podsecuritypolicy/capabilities, v1.24. */
export function compileCapabilityRule(spec: PodSecurityPolicySpec): CapabilityRule {
  const { defaultAddCapabilities = [], requiredDropCapabilities = [], allowedCapabilities = [] } = spec;
  return {
    defaultAdd: defaultAddCapabilities,
    requiredDrop: requiredDropCapabilities,
    allowed: new Set([...allowedCapabilities, ...defaultAddCapabilities]),
    any: allowedCapabilities.includes('*'),
  };
}

/**
 * The capabilities a policy leaves a container with: the very same value when nothing is to be added to either list, else both lists
 * sorted and without duplicates.
 */
export function generatedCapabilities(
  rule: CapabilityRule,
  written: Capabilities | undefined,
): Capabilities | undefined {
  if (rule.defaultAdd.length === 0 && rule.requiredDrop.length === 0) return written;
  const add = new Set(written?.add);
  const drop = new Set(written?.drop);
  const before = add.size + drop.size;
  for (const name of rule.defaultAdd) if (!written?.drop?.includes(name)) add.add(name);
  for (const name of rule.requiredDrop) drop.add(name);
  if (add.size + drop.size === before) return written;
  return {
    ...(add.size > 0 && { add: [...add].sort(compareBytes) }),
    ...(drop.size > 0 && { drop: [...drop].sort(compareBytes) }),
  };
}

/** Checks the capabilities of a container. */
export function capabilityErrors(
  rule: CapabilityRule,
  capabilities: Capabilities | undefined,
  { path, podPath }: ContainerPlace,
): PolicyError[] {
  const at = `${path}.securityContext.capabilities`;
  const inPod = [...podPath, 'securityContext', 'capabilities'];
  if (capabilities === undefined) {
    if (rule.defaultAdd.length === 0 && rule.requiredDrop.length === 0) return [];
    const place = { podPath: inPod, policyPath: ['spec', 'requiredDropCapabilities'] };
    return [invalid(at, GO_NIL, 'required capabilities are not set on the securityContext', place)];
  }
  if (rule.any) return [];
  const errors: PolicyError[] = [];
  for (const [index, name] of (capabilities.add ?? []).entries()) {
    if (rule.allowed.has(name)) continue;
    const place = { podPath: [...inPod, 'add', index], policyPath: ['spec', 'allowedCapabilities'] };
    errors.push(invalid(`${at}.add`, goString(name), 'capability may not be added', place));
  }
  for (const [index, name] of rule.requiredDrop.entries()) {
    if (capabilities.drop?.includes(name) === true) continue;
    const place = { podPath: [...inPod, 'drop'], policyPath: ['spec', 'requiredDropCapabilities', index] };
    const printed = goSlice('core.Capability', capabilities.drop?.map(goString));
    errors.push(invalid(`${at}.drop`, printed, `${name} is required to be dropped but was not found`, place));
  }
  return errors;
}
