/** An admission plugin that a kube-apiserver has built in. */
export interface BuiltInPlugin {
  readonly name: string;
  readonly onByDefault: boolean;
}

/*
 * The plugins in the order in which a kube-apiserver runs them: name, the minors that have it, the minors where it is on by default. Two were
 * moved, and have a line for each of their places. Facts: AllOrderedPlugins and DefaultOffAdmissionPlugins of pkg/kubeapiserver/options,
 * v1.11 to v1.37 (of 1.12 and 1.13, where patch releases differ, the last).
 */
const TABLE = `
AlwaysAdmit 11- -
NamespaceAutoProvision 11- -
NamespaceLifecycle 11- 11-
NamespaceExists 11- -
SecurityContextDeny 11-29 -
LimitPodHardAntiAffinityTopology 11- -
PodPreset 11-19 -
LimitRanger 11- 11-
ServiceAccount 11- 11-
NodeRestriction 11- -
TaintNodesByCondition 12- 12-
AlwaysPullImages 11- -
ImagePolicyWebhook 11- -
PodSecurity 23- 23-
PodSecurityPolicy 11-24 -
PodSecurity 22-22 22-22
PodNodeSelector 11- -
Priority 11- 12-
DefaultTolerationSeconds 11- 11-
PodTolerationRestriction 11- -
DenyEscalatingExec 11-20 -
DenyExecOnPrivileged 11-20 -
EventRateLimit 11- -
ExtendedResourceToleration 11- -
PersistentVolumeLabel 11-30 -
DefaultStorageClass 11- 11-
StorageObjectInUseProtection 11- 15-
PodGroupProtection 36- 36-
OwnerReferencesPermissionEnforcement 11- -
PersistentVolumeClaimResize 11- 11-
RuntimeClass 18- 18-
CertificateApproval 18- 18-
CertificateSigning 18- 18-
ClusterTrustBundleAttest 27- 27-
CertificateSubjectRestriction 18- 18-
DefaultIngressClass 18- 18-
DenyServiceExternalIPs 21- -
PodTopologyLabels 33- 33-
PodGroupWorkloadExists 36-36 36-36
NodeDeclaredFeatureValidator 35- 35-
JobValidation 36-36 36-36
PodResizeValidator 36- 36-
MutatingAdmissionPolicy 32- 32-
MutatingAdmissionWebhook 11- 11-
Initializers 11-13 -
ValidatingAdmissionPolicy 26- 26-
ValidatingAdmissionWebhook 11- 11-
RuntimeClass 16-17 16-17
ResourceQuota 11- 11-
AlwaysDeny 11- -`;

const byMinor = new Map<number, readonly BuiltInPlugin[]>();

/** The admission plugins of a kube-apiserver of that minor, in the order in which it runs them, whatever the order of its flags. */
export function builtInPlugins(minor: number): readonly BuiltInPlugin[] {
  let plugins = byMinor.get(minor);
  if (plugins === undefined) byMinor.set(minor, (plugins = read(minor)));
  return plugins;
}

/** Whether a kube-apiserver of some version has a plugin of that name. */
export function isPluginName(name: string): boolean {
  return TABLE.includes(`\n${name} `);
}

function read(minor: number): readonly BuiltInPlugin[] {
  return TABLE.trim()
    .split('\n')
    .flatMap((line) => {
      const [name = '', exists = '', on = ''] = line.split(' ');
      return isIn(exists, minor) ? [{ name, onByDefault: isIn(on, minor) }] : [];
    });
}

function isIn(range: string, minor: number): boolean {
  const [first = '', last = ''] = range.split('-');
  return first !== '' && minor >= Number(first) && (last === '' || minor <= Number(last));
}
