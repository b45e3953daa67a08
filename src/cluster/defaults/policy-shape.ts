import { once } from '../../lang/once.ts';
import { compileShapes, type Shape } from './shape.ts';

/*
 * The structs of a policy/v1beta1 PodSecurityPolicy as k8s.io/api v0.24 has them (metadata aside), with the minor in which a field
 * appeared. The notation is that of `compileShapes`.
 */
const TABLE = `
PodSecurityPolicySpec: privileged:bool defaultAddCapabilities:[]string requiredDropCapabilities:[]string allowedCapabilities:[]string volumes:[]string hostNetwork:bool hostPorts:[]HostPortRange hostPID:bool hostIPC:bool seLinux:SELinuxStrategyOptions runAsUser:StrategyOptions runAsGroup:*StrategyOptions@13 supplementalGroups:StrategyOptions fsGroup:StrategyOptions readOnlyRootFilesystem:bool defaultAllowPrivilegeEscalation:*bool allowPrivilegeEscalation:*bool allowedHostPaths:[]AllowedHostPath allowedFlexVolumes:[]AllowedFlexVolume allowedCSIDrivers:[]AllowedCSIDriver@14 allowedUnsafeSysctls:[]string forbiddenSysctls:[]string allowedProcMountTypes:[]string@12 runtimeClass:*RuntimeClassStrategyOptions@15
HostPortRange: min!:int32 max!:int32
SELinuxStrategyOptions: rule! seLinuxOptions:*SELinuxOptions
SELinuxOptions: user role type level
StrategyOptions: rule ranges:[]IDRange
IDRange: min!:int64 max!:int64
AllowedHostPath: pathPrefix readOnly:bool
AllowedFlexVolume: driver!
AllowedCSIDriver: name!
RuntimeClassStrategyOptions: allowedRuntimeClassNames!:[]string defaultRuntimeClassName:*string
`;

/** The shape of a PodSecurityPolicy's spec. */
export const policySpecShape: () => Shape = once(() => {
  const shape = compileShapes(TABLE).get('PodSecurityPolicySpec');
  if (shape === undefined) throw new Error('no shape of PodSecurityPolicySpec');
  return shape;
});
