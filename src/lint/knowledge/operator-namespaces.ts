/**
 * Whether an operator makes the namespace, with network policies of its own that no manifest of users shows: those of the Tigera operator, which protects them in its
 * tier `calico-system` (earlier `allow-tigera`); tigera/operator pkg/render and pkg/render/common/networkpolicy, v1.38.
 */
export function isOperatorNamespace(name: string): boolean {
  return name === 'calico-system' || name === 'calico-apiserver' || name.startsWith('tigera-');
}
