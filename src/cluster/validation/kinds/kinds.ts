import { groupBy } from '../../../lang/group-by.ts';
import { pathSegmentErrors } from '../name-formats.ts';
import { kindCheck, type KindCheck } from './kind-check.ts';
import { definitionCheck } from '../definitions/definition.ts';
import { configMapCheck, namespaceCheck, secretCheck, serviceAccountCheck } from './core/config.ts';
import { podTemplateCheck, replicationControllerCheck } from './core/controllers.ts';
import { eventCheck } from './core/event.ts';
import { endpointsCheck, nodeCheck } from './core/nodes.ts';
import { podCheck } from './core/pods.ts';
import { limitRangeCheck, resourceQuotaCheck } from './core/quotas.ts';
import { csiDriverCheck, storageClassCheck } from './core/storage.ts';
import { claimCheck, volumeCheck } from './core/volumes.ts';
import { endpointSliceCheck } from './network/endpoint-slice.ts';
import { ingressCheck, ingressClassCheck } from './network/ingress.ts';
import { networkPolicyCheck } from './network/network-policy.ts';
import { serviceCheck } from './network/service.ts';
import { admissionPolicyCheck, deviceClassCheck, policyBindingCheck } from './server/admission-policies.ts';
import { apiServiceCheck } from './server/api-service.ts';
import { flowSchemaCheck, priorityLevelCheck } from './server/flow-control.ts';
import { podSecurityPolicyCheck } from './server/pod-security-policy.ts';
import { clusterRoleBindingCheck, clusterRoleCheck, roleBindingCheck, roleCheck } from './server/rbac.ts';
import { signingRequestCheck } from './server/signing-request.ts';
import { mutatingWebhooksCheck, validatingWebhooksCheck } from './server/webhooks.ts';
import { scalerCheck } from './workloads/autoscaling.ts';
import { cronJobCheck } from './workloads/cron-job.ts';
import { daemonSetCheck } from './workloads/daemon-set.ts';
import { deploymentCheck, replicaSetCheck } from './workloads/deployment.ts';
import { jobCheck } from './workloads/job.ts';
import { budgetCheck, leaseCheck, priorityClassCheck, runtimeClassCheck } from './workloads/scheduling.ts';
import { statefulSetCheck } from './workloads/stateful-set.ts';

/** By group and kind. */
const ALL: readonly (readonly [group: string, kind: string, check: KindCheck])[] = [
  ['', 'ConfigMap', configMapCheck],
  ['', 'Endpoints', endpointsCheck],
  ['', 'Namespace', namespaceCheck],
  ['', 'Node', nodeCheck],
  ['', 'Pod', podCheck],
  ['', 'PodTemplate', podTemplateCheck],
  ['', 'ReplicationController', replicationControllerCheck],
  ['', 'Secret', secretCheck],
  ['', 'Service', serviceCheck],
  ['', 'ServiceAccount', serviceAccountCheck],
  ['', 'PersistentVolume', volumeCheck],
  ['', 'PersistentVolumeClaim', claimCheck],
  ['networking.k8s.io', 'Ingress', ingressCheck],
  ['networking.k8s.io', 'IngressClass', ingressClassCheck],
  ['networking.k8s.io', 'NetworkPolicy', networkPolicyCheck],
  ['rbac.authorization.k8s.io', 'ClusterRole', clusterRoleCheck],
  ['rbac.authorization.k8s.io', 'ClusterRoleBinding', clusterRoleBindingCheck],
  ['rbac.authorization.k8s.io', 'Role', roleCheck],
  ['rbac.authorization.k8s.io', 'RoleBinding', roleBindingCheck],
  ['admissionregistration.k8s.io', 'MutatingWebhookConfiguration', mutatingWebhooksCheck],
  ['admissionregistration.k8s.io', 'ValidatingWebhookConfiguration', validatingWebhooksCheck],
  ['apiextensions.k8s.io', 'CustomResourceDefinition', definitionCheck],
  ['', 'Event', eventCheck],
  ['events.k8s.io', 'Event', eventCheck],
  ['admissionregistration.k8s.io', 'ValidatingAdmissionPolicy', admissionPolicyCheck],
  ['admissionregistration.k8s.io', 'ValidatingAdmissionPolicyBinding', policyBindingCheck],
  ['resource.k8s.io', 'DeviceClass', deviceClassCheck],
  ['apiregistration.k8s.io', 'APIService', apiServiceCheck],
  ['autoscaling', 'HorizontalPodAutoscaler', scalerCheck],
  ['certificates.k8s.io', 'CertificateSigningRequest', signingRequestCheck],
  ['coordination.k8s.io', 'Lease', leaseCheck],
  ['discovery.k8s.io', 'EndpointSlice', endpointSliceCheck],
  ['', 'LimitRange', limitRangeCheck],
  ['', 'ResourceQuota', resourceQuotaCheck],
  ['flowcontrol.apiserver.k8s.io', 'FlowSchema', flowSchemaCheck],
  ['flowcontrol.apiserver.k8s.io', 'PriorityLevelConfiguration', priorityLevelCheck],
  ['policy', 'PodSecurityPolicy', podSecurityPolicyCheck],
  ['node.k8s.io', 'RuntimeClass', runtimeClassCheck],
  ['policy', 'PodDisruptionBudget', budgetCheck],
  ['scheduling.k8s.io', 'PriorityClass', priorityClassCheck],
  ['storage.k8s.io', 'CSIDriver', csiDriverCheck],
  ['storage.k8s.io', 'StorageClass', storageClassCheck],
  ['apps', 'DaemonSet', daemonSetCheck],
  ['apps', 'Deployment', deploymentCheck],
  ['apps', 'ReplicaSet', replicaSetCheck],
  ['apps', 'StatefulSet', statefulSetCheck],
  ['batch', 'CronJob', cronJobCheck],
  ['batch', 'Job', jobCheck],
];

const CHECKS = groupBy(ALL, ([, kind]) => kind);

const NAMESPACED = kindCheck(true, { name: pathSegmentErrors, finalizers: false });
const CLUSTER = kindCheck(false, { name: pathSegmentErrors, finalizers: false });

/** What the server looks at in objects of a kind; of one that is not known here, its metadata. */
export function kindCheckOf(group: string, kind: string, namespaced: boolean): KindCheck {
  const known = CHECKS.get(kind)?.find(([name]) => name === group);
  return known?.[2] ?? (namespaced ? NAMESPACED : CLUSTER);
}
