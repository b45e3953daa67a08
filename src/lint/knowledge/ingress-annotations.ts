/** Annotations that give the load balancer of an Ingress its certificate, so that the Ingress needs no `tls`. */
export const certificateAnnotations: ReadonlySet<string> = new Set([
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
