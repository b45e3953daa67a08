/** Fields of policies and network sets that Calico Enterprise and Calico Cloud have and Calico drops (docs.tigera.io, Calico Enterprise 3.20, resource definitions). */
export const ENTERPRISE_FIELDS: ReadonlySet<string> = new Set(['domains', 'allowedEgressDomains', 'performanceHints']);

/** Kinds of `projectcalico.org` that only they have (the same source). */
const ENTERPRISE_KINDS: ReadonlySet<string> = new Set([
  'AlertException',
  'DeepPacketInspection',
  'EgressGatewayPolicy',
  'ExternalNetwork',
  'GlobalAlert',
  'GlobalAlertTemplate',
  'GlobalReport',
  'GlobalReportType',
  'GlobalThreatFeed',
  'LicenseKey',
  'ManagedCluster',
  'PacketCapture',
  'RemoteClusterConfiguration',
  'SecurityEventWebhook',
  'UISettings',
  'UISettingsGroup',
]);

/** Whether an object is for a cluster with Calico Enterprise or Calico Cloud. */
export function isForEnterprise({
  group,
  kind,
  name,
  namespace,
}: {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}): boolean {
  if (group === 'projectcalico.org' && ENTERPRISE_KINDS.has(kind)) return true;
  return (kind === 'Namespace' ? name : namespace).startsWith('tigera-');
}
