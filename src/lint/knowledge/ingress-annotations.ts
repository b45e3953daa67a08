/** Annotations that give the load balancer of an Ingress its certificate. */
const certificateAnnotations: ReadonlySet<string> = new Set([
  // AWS Load Balancer Controller, docs/guide/ingress/annotations.md
  'alb.ingress.kubernetes.io/certificate-arn',
  // GKE, “Use Google-managed SSL certificates”
  'networking.gke.io/managed-certificates',
  // GKE, “Use pre-shared certificates”
  'networking.gke.io/pre-shared-certs',
  // kubernetes/ingress-gce, README.md
  'ingress.gcp.kubernetes.io/pre-shared-cert',
  // Azure Application Gateway Ingress Controller, docs/annotations.md
  'appgw.ingress.kubernetes.io/appgw-ssl-certificate',
]);

/** Annotations of Traefik that put the routes of an Ingress behind TLS (doc.traefik.io, “Kubernetes Ingress”, “On Ingress”), and the values that do. */
const traefik: ReadonlyMap<string, RegExp> = new Map([
  ['traefik.ingress.kubernetes.io/router.tls', /^true$/],
  ['traefik.ingress.kubernetes.io/router.tls.certresolver', /./],
  // The entry point that Traefik's chart sets up with TLS.
  ['traefik.ingress.kubernetes.io/router.entrypoints', /^websecure$/],
]);

/** Whether an annotation has an Ingress served with TLS, so that it needs no `tls`. */
export function givesTls([key, value]: readonly [string, string]): boolean {
  return certificateAnnotations.has(key) || traefik.get(key)?.test(value) === true;
}
