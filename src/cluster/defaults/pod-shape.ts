import { compileShapes, type Shape } from './shape.ts';

/*
 * The structs that make up a v1 Pod in Kubernetes 1.24, field by field in the order of k8s.io/api v0.24 (core/v1 and meta/v1), with the
 * minor in which each field of an older struct appeared (k8s.io/api v0.11 to v0.24). The notation is that of `compileShapes`.
 */
const TABLE = `
Pod: kind apiVersion metadata:ObjectMeta spec:PodSpec status:PodStatus
ObjectMeta: name generateName namespace selfLink uid resourceVersion generation:int64 creationTimestamp:time deletionTimestamp:*time deletionGracePeriodSeconds:*int64 labels:{}string annotations:{}string ownerReferences:[]OwnerReference finalizers:[]string clusterName managedFields:[]ManagedFieldsEntry
OwnerReference: apiVersion! kind! name! uid! controller:*bool blockOwnerDeletion:*bool
ManagedFieldsEntry: manager operation apiVersion time:*time fieldsType fieldsV1:*json subresource
LabelSelector: matchLabels:{}string matchExpressions:[]LabelSelectorRequirement
LabelSelectorRequirement: key! operator! values:[]string
PodSpec: volumes:[]Volume initContainers:[]Container containers!:[]Container ephemeralContainers:[]EphemeralContainer@16 restartPolicy terminationGracePeriodSeconds:*int64 activeDeadlineSeconds:*int64 dnsPolicy nodeSelector:{}string serviceAccountName serviceAccount automountServiceAccountToken:*bool nodeName hostNetwork:bool hostPID:bool hostIPC:bool shareProcessNamespace:*bool securityContext:*PodSecurityContext imagePullSecrets:[]LocalObjectReference hostname subdomain affinity:*Affinity schedulerName tolerations:[]Toleration hostAliases:[]HostAlias priorityClassName priority:*int32 dnsConfig:*PodDNSConfig readinessGates:[]PodReadinessGate runtimeClassName:*string@12 enableServiceLinks:*bool@13 preemptionPolicy:*string@15 overhead:{}quantity@16 topologySpreadConstraints:[]TopologySpreadConstraint@16 setHostnameAsFQDN:*bool@19 os:*PodOS@23
PodStatus: phase conditions:[]PodCondition message reason nominatedNodeName hostIP podIP podIPs:[]PodIP@16 startTime:*time initContainerStatuses:[]ContainerStatus containerStatuses:[]ContainerStatus qosClass ephemeralContainerStatuses:[]ContainerStatus@16
Volume: name! hostPath:*HostPathVolumeSource emptyDir:*EmptyDirVolumeSource gcePersistentDisk:*GCEPersistentDiskVolumeSource awsElasticBlockStore:*AWSElasticBlockStoreVolumeSource gitRepo:*GitRepoVolumeSource secret:*SecretVolumeSource nfs:*NFSVolumeSource iscsi:*ISCSIVolumeSource glusterfs:*GlusterfsVolumeSource persistentVolumeClaim:*PersistentVolumeClaimVolumeSource rbd:*RBDVolumeSource flexVolume:*FlexVolumeSource cinder:*CinderVolumeSource cephfs:*CephFSVolumeSource flocker:*FlockerVolumeSource downwardAPI:*DownwardAPIVolumeSource fc:*FCVolumeSource azureFile:*AzureFileVolumeSource configMap:*ConfigMapVolumeSource vsphereVolume:*VsphereVirtualDiskVolumeSource quobyte:*QuobyteVolumeSource azureDisk:*AzureDiskVolumeSource photonPersistentDisk:*PhotonPersistentDiskVolumeSource projected:*ProjectedVolumeSource portworxVolume:*PortworxVolumeSource scaleIO:*ScaleIOVolumeSource storageos:*StorageOSVolumeSource csi:*CSIVolumeSource@14 ephemeral:*EphemeralVolumeSource@19
Container: name! image command:[]string args:[]string workingDir ports:[]ContainerPort envFrom:[]EnvFromSource env:[]EnvVar resources:ResourceRequirements volumeMounts:[]VolumeMount volumeDevices:[]VolumeDevice livenessProbe:*Probe readinessProbe:*Probe startupProbe:*Probe@16 lifecycle:*Lifecycle terminationMessagePath terminationMessagePolicy imagePullPolicy securityContext:*SecurityContext stdin:bool stdinOnce:bool tty:bool
EphemeralContainer: name! image command:[]string args:[]string workingDir ports:[]ContainerPort envFrom:[]EnvFromSource env:[]EnvVar resources:ResourceRequirements volumeMounts:[]VolumeMount volumeDevices:[]VolumeDevice livenessProbe:*Probe readinessProbe:*Probe startupProbe:*Probe lifecycle:*Lifecycle terminationMessagePath terminationMessagePolicy imagePullPolicy securityContext:*SecurityContext stdin:bool stdinOnce:bool tty:bool targetContainerName
PodSecurityContext: seLinuxOptions:*SELinuxOptions windowsOptions:*WindowsSecurityContextOptions@15 runAsUser:*int64 runAsGroup:*int64 runAsNonRoot:*bool supplementalGroups:[]int64 fsGroup:*int64 sysctls:[]Sysctl fsGroupChangePolicy:*string@18 seccompProfile:*SeccompProfile@19
LocalObjectReference: name
Affinity: nodeAffinity:*NodeAffinity podAffinity:*PodAffinity podAntiAffinity:*PodAntiAffinity
Toleration: key operator value effect tolerationSeconds:*int64
HostAlias: ip hostnames:[]string
PodDNSConfig: nameservers:[]string searches:[]string options:[]PodDNSConfigOption
PodReadinessGate: conditionType!
TopologySpreadConstraint: maxSkew!:int32 topologyKey! whenUnsatisfiable! labelSelector:*LabelSelector minDomains:*int32@24
PodOS: name!
PodCondition: type! status! lastProbeTime:time lastTransitionTime:time reason message
PodIP: ip
ContainerStatus: name! state:ContainerState lastState:ContainerState ready!:bool restartCount!:int32 image! imageID! containerID started:*bool@16
HostPathVolumeSource: path! type:*string
EmptyDirVolumeSource: medium sizeLimit:*quantity
GCEPersistentDiskVolumeSource: pdName! fsType partition:int32 readOnly:bool
AWSElasticBlockStoreVolumeSource: volumeID! fsType partition:int32 readOnly:bool
GitRepoVolumeSource: repository! revision directory
SecretVolumeSource: secretName items:[]KeyToPath defaultMode:*int32 optional:*bool
NFSVolumeSource: server! path! readOnly:bool
ISCSIVolumeSource: targetPortal! iqn! lun!:int32 iscsiInterface fsType readOnly:bool portals:[]string chapAuthDiscovery:bool chapAuthSession:bool secretRef:*LocalObjectReference initiatorName:*string
GlusterfsVolumeSource: endpoints! path! readOnly:bool
PersistentVolumeClaimVolumeSource: claimName! readOnly:bool
RBDVolumeSource: monitors!:[]string image! fsType pool user keyring secretRef:*LocalObjectReference readOnly:bool
FlexVolumeSource: driver! fsType secretRef:*LocalObjectReference readOnly:bool options:{}string
CinderVolumeSource: volumeID! fsType readOnly:bool secretRef:*LocalObjectReference
CephFSVolumeSource: monitors!:[]string path user secretFile secretRef:*LocalObjectReference readOnly:bool
FlockerVolumeSource: datasetName datasetUUID
DownwardAPIVolumeSource: items:[]DownwardAPIVolumeFile defaultMode:*int32
FCVolumeSource: targetWWNs:[]string lun:*int32 fsType readOnly:bool wwids:[]string
AzureFileVolumeSource: secretName! shareName! readOnly:bool
ConfigMapVolumeSource: name items:[]KeyToPath defaultMode:*int32 optional:*bool
VsphereVirtualDiskVolumeSource: volumePath! fsType storagePolicyName storagePolicyID
QuobyteVolumeSource: registry! volume! readOnly:bool user group tenant@14
AzureDiskVolumeSource: diskName! diskURI! cachingMode:*string fsType:*string readOnly:*bool kind:*string
PhotonPersistentDiskVolumeSource: pdID! fsType
ProjectedVolumeSource: sources!:[]VolumeProjection defaultMode:*int32
PortworxVolumeSource: volumeID! fsType readOnly:bool
ScaleIOVolumeSource: gateway! system! secretRef!:*LocalObjectReference sslEnabled:bool protectionDomain storagePool storageMode volumeName fsType readOnly:bool
StorageOSVolumeSource: volumeName volumeNamespace fsType readOnly:bool secretRef:*LocalObjectReference
CSIVolumeSource: driver! readOnly:*bool fsType:*string volumeAttributes:{}string nodePublishSecretRef:*LocalObjectReference
EphemeralVolumeSource: volumeClaimTemplate:*PersistentVolumeClaimTemplate
ContainerPort: name hostPort:int32 containerPort!:int32 protocol hostIP
EnvFromSource: prefix configMapRef:*ConfigMapEnvSource secretRef:*SecretEnvSource
EnvVar: name! value valueFrom:*EnvVarSource
ResourceRequirements: limits:{}quantity requests:{}quantity
VolumeMount: name! readOnly:bool mountPath! subPath mountPropagation:*string subPathExpr@14
VolumeDevice: name! devicePath!
Probe: exec:*ExecAction httpGet:*HTTPGetAction tcpSocket:*TCPSocketAction grpc:*GRPCAction@23 initialDelaySeconds:int32 timeoutSeconds:int32 periodSeconds:int32 successThreshold:int32 failureThreshold:int32 terminationGracePeriodSeconds:*int64@21
Lifecycle: postStart:*LifecycleHandler preStop:*LifecycleHandler
SecurityContext: capabilities:*Capabilities privileged:*bool seLinuxOptions:*SELinuxOptions windowsOptions:*WindowsSecurityContextOptions@15 runAsUser:*int64 runAsGroup:*int64 runAsNonRoot:*bool readOnlyRootFilesystem:*bool allowPrivilegeEscalation:*bool procMount:*string@12 seccompProfile:*SeccompProfile@19
SELinuxOptions: user role type level
WindowsSecurityContextOptions: gmsaCredentialSpecName:*string gmsaCredentialSpec:*string runAsUserName:*string@16 hostProcess:*bool@22
Sysctl: name! value!
SeccompProfile: type! localhostProfile:*string
NodeAffinity: requiredDuringSchedulingIgnoredDuringExecution:*NodeSelector preferredDuringSchedulingIgnoredDuringExecution:[]PreferredSchedulingTerm
PodAffinity: requiredDuringSchedulingIgnoredDuringExecution:[]PodAffinityTerm preferredDuringSchedulingIgnoredDuringExecution:[]WeightedPodAffinityTerm
PodAntiAffinity: requiredDuringSchedulingIgnoredDuringExecution:[]PodAffinityTerm preferredDuringSchedulingIgnoredDuringExecution:[]WeightedPodAffinityTerm
PodDNSConfigOption: name value:*string
ContainerState: waiting:*ContainerStateWaiting running:*ContainerStateRunning terminated:*ContainerStateTerminated
KeyToPath: key! path! mode:*int32
DownwardAPIVolumeFile: path! fieldRef:*ObjectFieldSelector resourceFieldRef:*ResourceFieldSelector mode:*int32
VolumeProjection: secret:*SecretProjection downwardAPI:*DownwardAPIProjection configMap:*ConfigMapProjection serviceAccountToken:*ServiceAccountTokenProjection
PersistentVolumeClaimTemplate: metadata:ObjectMeta spec:PersistentVolumeClaimSpec
ConfigMapEnvSource: name optional:*bool
SecretEnvSource: name optional:*bool
EnvVarSource: fieldRef:*ObjectFieldSelector resourceFieldRef:*ResourceFieldSelector configMapKeyRef:*ConfigMapKeySelector secretKeyRef:*SecretKeySelector
ExecAction: command:[]string
HTTPGetAction: path port:intOrString host scheme httpHeaders:[]HTTPHeader
TCPSocketAction: port:intOrString host
GRPCAction: port!:int32 service!:*string
LifecycleHandler: exec:*ExecAction httpGet:*HTTPGetAction tcpSocket:*TCPSocketAction
Capabilities: add:[]string drop:[]string
NodeSelector: nodeSelectorTerms!:[]NodeSelectorTerm
PreferredSchedulingTerm: weight!:int32 preference:NodeSelectorTerm
PodAffinityTerm: labelSelector:*LabelSelector namespaces:[]string topologyKey! namespaceSelector:*LabelSelector@21
WeightedPodAffinityTerm: weight!:int32 podAffinityTerm:PodAffinityTerm
ContainerStateWaiting: reason message
ContainerStateRunning: startedAt:time
ContainerStateTerminated: exitCode!:int32 signal:int32 reason message startedAt:time finishedAt:time containerID
ObjectFieldSelector: apiVersion fieldPath!
ResourceFieldSelector: containerName resource! divisor:quantity
SecretProjection: name items:[]KeyToPath optional:*bool
DownwardAPIProjection: items:[]DownwardAPIVolumeFile
ConfigMapProjection: name items:[]KeyToPath optional:*bool
ServiceAccountTokenProjection: audience expirationSeconds:*int64 path!
PersistentVolumeClaimSpec: accessModes:[]string selector:*LabelSelector resources:ResourceRequirements volumeName storageClassName:*string volumeMode:*string dataSource:*TypedLocalObjectReference dataSourceRef:*TypedLocalObjectReference@22
ConfigMapKeySelector: name key! optional:*bool
SecretKeySelector: name key! optional:*bool
HTTPHeader: name! value!
NodeSelectorTerm: matchExpressions:[]NodeSelectorRequirement matchFields:[]NodeSelectorRequirement
TypedLocalObjectReference: apiGroup!:*string kind! name!
NodeSelectorRequirement: key! operator! values:[]string
`;

let shapes: ReadonlyMap<string, Shape> | undefined;

/** The shape of one struct of a pod: `Pod`, `PodSpec`, `Container`, `ObjectMeta`, ... */
export function podShape(name: string): Shape {
  shapes ??= compileShapes(TABLE);
  const shape = shapes.get(name);
  if (shape === undefined) throw new Error(`no shape named ${name}`);
  return shape;
}
