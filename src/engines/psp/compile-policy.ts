import { aggregateMessages } from '../../cluster/index/field-error.ts';
import type { StoredPolicy } from '../../cluster/stored/stored-policy.ts';
import { type AppArmorRule, compileAppArmorRule } from './strategies/app-armor.ts';
import { type CapabilityRule, compileCapabilityRule } from './strategies/capabilities.ts';
import { compileGroupRule, type GroupRule } from './strategies/groups.ts';
import { compileUserRule, type UserRule } from './strategies/run-as-user.ts';
import { compileSeccompRule, type SeccompRule } from './strategies/seccomp.ts';
import { compileSELinuxRule, type SELinuxRule } from './strategies/selinux.ts';
import { compileSysctlRule, type SysctlRule } from './strategies/sysctls.ts';
import { compileVolumeRule, type VolumeRule } from './strategies/volumes.ts';

/** A policy made ready to judge pods (upstream: a provider and its strategies). */
export interface Provider {
  readonly stored: StoredPolicy;
  readonly name: string;
  readonly spec: StoredPolicy['spec'];
  readonly user: UserRule;
  readonly group: GroupRule;
  readonly fsGroup: GroupRule;
  readonly supplementalGroups: GroupRule;
  readonly seLinux: SELinuxRule;
  readonly seccomp: SeccompRule;
  readonly appArmor: AppArmorRule;
  readonly capabilities: CapabilityRule;
  readonly sysctls: SysctlRule;
  readonly volumes: VolumeRule;
}

/** A policy that passed API validation but cannot be used: the plugin skips it in silence. */
export interface UnusablePolicy {
  readonly stored: StoredPolicy;
  readonly name: string;
  /** Why, in the server's words. */
  readonly providerError: string;
}

const FIRST_RUN_AS_GROUP = 14;

/**
 * Makes a policy ready to judge pods as Kubernetes 1.`minor` would. Mirrors NewSimpleProvider and CreateStrategies of
 * pkg/security/podsecuritypolicy, v1.24; what older versions did differently is exact from 1.12 on.
 */
export function compilePolicy(stored: StoredPolicy, minor: number): Provider | UnusablePolicy {
  const { name, spec, annotations } = stored;
  const user = compileUserRule(spec.runAsUser);
  // Before 1.14 the gate RunAsGroup was closed.
  const group =
    spec.runAsGroup === undefined || minor < FIRST_RUN_AS_GROUP
      ? ({ rule: 'RunAsAny' } as const)
      : compileGroupRule('RunAsGroup', spec.runAsGroup);
  const seLinux = compileSELinuxRule(spec.seLinux);
  const fsGroup = compileGroupRule('FSGroup', spec.fsGroup ?? {});
  const supplementalGroups = compileGroupRule('SupplementalGroups', spec.supplementalGroups ?? {});
  if (
    typeof user === 'string' ||
    typeof group === 'string' ||
    typeof seLinux === 'string' ||
    typeof fsGroup === 'string' ||
    typeof supplementalGroups === 'string'
  ) {
    const strategies = [user, group, seLinux, fsGroup, supplementalGroups];
    const errors = strategies.filter((strategy) => typeof strategy === 'string');
    return { stored, name, providerError: aggregateMessages(errors) };
  }
  return {
    stored,
    name,
    spec,
    user,
    group,
    fsGroup,
    supplementalGroups,
    seLinux,
    seccomp: compileSeccompRule(annotations, minor),
    appArmor: compileAppArmorRule(annotations),
    capabilities: compileCapabilityRule(spec),
    sysctls: compileSysctlRule(spec, minor),
    volumes: compileVolumeRule(spec, minor),
  };
}
