import { items, record } from '../../model/json.ts';
import { asWritten } from '../../model/as-written.ts';
import type { ManifestObject } from '../../model/object.ts';
import type { FieldPath } from '../../text/tree.ts';

/** What an Ingress says beside its backends. */
export interface IngressText {
  readonly object: ManifestObject;
  /** One for each rule; '' where a rule names none. */
  readonly hosts: readonly { readonly host: string; readonly path: FieldPath }[];
  /** The hosts that its certificates are for, '' for all; absent where it has no certificate. */
  readonly tls?: readonly string[];
  /** Whether an annotation gives the load balancer its certificate. */
  readonly hasCertificate: boolean;
  readonly annotations: readonly (readonly [string, string])[];
}

const certificateAnnotations = [
  'alb.ingress.kubernetes.io/certificate-arn',
  'networking.gke.io/managed-certificates',
  'networking.gke.io/pre-shared-certs',
  'ingress.gcp.kubernetes.io/pre-shared-cert',
  'appgw.ingress.kubernetes.io/appgw-ssl-certificate',
];

/** Reads an Ingress. */
export function ingressText(object: ManifestObject): IngressText {
  const { metadata, spec } = asWritten(object);
  const annotations = Object.entries(record(record(metadata).annotations)).flatMap(([key, value]) =>
    typeof value === 'string' ? [[key, value] as const] : [],
  );
  const { tls, rules } = record(spec);
  const covered = items(tls).flatMap(([, { hosts }]) =>
    Array.isArray(hosts) && hosts.length > 0 ? hosts.map(String) : [''],
  );
  return {
    object,
    hosts: items(rules).map(([index, { host }]) => ({
      host: typeof host === 'string' ? host : '',
      path: ['spec', 'rules', index, 'host'],
    })),
    ...(covered.length === 0 ? {} : { tls: covered }),
    hasCertificate: annotations.some(([key]) => certificateAnnotations.includes(key)),
    annotations,
  };
}
