import type { Cluster } from '../../cluster/index/cluster.ts';
import { objectsOfKind } from '../../cluster/index/object-index.ts';
import type { AdmissionAttributes } from './request/plugin.ts';

const CONFIGURATION_GROUP = 'admissionregistration.k8s.io';

/** What plugins that are not decided here look at, where that is little: resources, some in one operation alone. */
const SCOPES: Readonly<Record<string, readonly string[]>> = {
  AlwaysAdmit: [],
  CertificateApproval: ['certificatesigningrequests.certificates.k8s.io'],
  CertificateSigning: ['certificatesigningrequests.certificates.k8s.io'],
  CertificateSubjectRestriction: ['certificatesigningrequests.certificates.k8s.io'],
  ClusterTrustBundleAttest: ['clustertrustbundles.certificates.k8s.io'],
  // They look at exec and attach, which are no objects.
  DenyEscalatingExec: [],
  DenyExecOnPrivileged: [],
  EventRateLimit: ['events', 'events.events.k8s.io'],
  ImagePolicyWebhook: ['pods'],
  JobValidation: ['jobs.batch'],
  // It does not refuse; the namespace it makes is the request's.
  NamespaceAutoProvision: [],
  NodeDeclaredFeatureValidator: ['UPDATE pods'],
  PersistentVolumeLabel: ['persistentvolumes'],
  PodGroupProtection: ['podgroups.scheduling.k8s.io'],
  PodGroupWorkloadExists: ['podgroups.scheduling.k8s.io'],
  PodPreset: ['pods'],
  PodResizeValidator: ['UPDATE pods/resize'],
  PodTopologyLabels: ['pods/binding'],
};

/** The kinds whose objects tell plugins what to do: without one in the tree there is nothing to judge by. */
const CONFIGURED_BY: Readonly<Record<string, string>> = {
  MutatingAdmissionPolicy: 'MutatingAdmissionPolicy',
  MutatingAdmissionWebhook: 'MutatingWebhookConfiguration',
  ValidatingAdmissionWebhook: 'ValidatingWebhookConfiguration',
};

/** Whether a plugin that is not decided here may have a say about a request, as far as the manifests tell. */
export function mayJudge(cluster: Cluster, plugin: string, attributes: AdmissionAttributes): boolean {
  const kind = Object.hasOwn(CONFIGURED_BY, plugin) ? CONFIGURED_BY[plugin] : undefined;
  if (kind !== undefined) return objectsOfKind(cluster, CONFIGURATION_GROUP, kind).length > 0;
  const scope = Object.hasOwn(SCOPES, plugin) ? SCOPES[plugin] : undefined;
  if (scope === undefined) return true;
  const { group, resource, subresource, operation } = attributes;
  const qualified = `${resource}${group === '' ? '' : `.${group}`}${subresource === '' ? '' : `/${subresource}`}`;
  return scope.includes(qualified) || scope.includes(`${operation} ${qualified}`);
}
