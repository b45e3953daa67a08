import type { GroupVersionKind } from '../../src/engines/admission/policies/policy-request.ts';

/** A kind that the oracle's server has, in the order in which it is installed, with the kinds of its subresources. */
export interface ServedKind extends GroupVersionKind {
  readonly resource: string;
  readonly namespaced: boolean;
  readonly subresources: ReadonlyMap<string, GroupVersionKind>;
}

const SERVED = `
v1 Pod pods N status ephemeralcontainers resize eviction=policy/v1/Eviction binding=v1/Binding exec=v1/PodExecOptions attach=v1/PodAttachOptions portforward=v1/PodPortForwardOptions proxy=v1/PodProxyOptions
v1 Service services N status proxy=v1/ServiceProxyOptions
v1 ConfigMap configmaps N
v1 Secret secrets N
v1 ServiceAccount serviceaccounts N token=authentication.k8s.io/v1/TokenRequest
v1 Namespace namespaces C status finalize
v1 Node nodes C status proxy=v1/NodeProxyOptions
v1 PersistentVolume persistentvolumes C status
v1 PersistentVolumeClaim persistentvolumeclaims N status
v1 Endpoints endpoints N
v1 Event events N
v1 LimitRange limitranges N
v1 ResourceQuota resourcequotas N status
v1 ReplicationController replicationcontrollers N status scale=autoscaling/v1/Scale
v1 PodTemplate podtemplates N
v1 Binding bindings N
apps/v1 Deployment deployments N status scale=autoscaling/v1/Scale
apps/v1 StatefulSet statefulsets N status scale=autoscaling/v1/Scale
apps/v1 DaemonSet daemonsets N status
apps/v1 ReplicaSet replicasets N status scale=autoscaling/v1/Scale
apps/v1 ControllerRevision controllerrevisions N
authentication.k8s.io/v1 TokenReview tokenreviews C
authorization.k8s.io/v1 SubjectAccessReview subjectaccessreviews C
autoscaling/v2 HorizontalPodAutoscaler horizontalpodautoscalers N status
autoscaling/v1 HorizontalPodAutoscaler horizontalpodautoscalers N status
batch/v1 Job jobs N status
batch/v1 CronJob cronjobs N status
certificates.k8s.io/v1 CertificateSigningRequest certificatesigningrequests C status approval
coordination.k8s.io/v1 Lease leases N
discovery.k8s.io/v1 EndpointSlice endpointslices N
networking.k8s.io/v1 Ingress ingresses N status
networking.k8s.io/v1 NetworkPolicy networkpolicies N
networking.k8s.io/v1 IngressClass ingressclasses C
node.k8s.io/v1 RuntimeClass runtimeclasses C
policy/v1 PodDisruptionBudget poddisruptionbudgets N status
rbac.authorization.k8s.io/v1 Role roles N
rbac.authorization.k8s.io/v1 RoleBinding rolebindings N
rbac.authorization.k8s.io/v1 ClusterRole clusterroles C
rbac.authorization.k8s.io/v1 ClusterRoleBinding clusterrolebindings C
scheduling.k8s.io/v1 PriorityClass priorityclasses C
storage.k8s.io/v1 StorageClass storageclasses C
admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy validatingadmissionpolicies C status
admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding validatingadmissionpolicybindings C
admissionregistration.k8s.io/v1 MutatingAdmissionPolicy mutatingadmissionpolicies C
admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding mutatingadmissionpolicybindings C
admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration validatingwebhookconfigurations C
admissionregistration.k8s.io/v1 MutatingWebhookConfiguration mutatingwebhookconfigurations C
events.k8s.io/v1 Event events N
`;

export const servedKinds: readonly ServedKind[] = SERVED.trim()
  .split('\n')
  .map((line) => {
    const [apiVersion = '', kind = '', resource = '', scope, ...subresources] = line.split(' ');
    const own = kindOf(`${apiVersion}/${kind}`);
    return {
      ...own,
      resource,
      namespaced: scope === 'N',
      subresources: new Map(
        subresources.map((each) => {
          const [name = '', other] = each.split('=');
          return [name, other === undefined ? own : kindOf(other)] as const;
        }),
      ),
    };
  });

function kindOf(text: string): GroupVersionKind {
  const [kind = '', version = '', group = ''] = text.split('/').toReversed();
  return { group, version, kind };
}
