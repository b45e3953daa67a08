/** An object that exists in the cluster without being in any manifest: a bootstrap role, a namespace's default account. */
export interface ImplicitObject {
  readonly implicit: true;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** Where it comes from: `bootstrap RBAC of Kubernetes 1.24`, `every namespace has one`. */
  readonly origin: string;
}
