import type { Random } from './seeded-random.ts';

/** The four policies of a generated namespace: each kind in turn, between roles and namespaces that chance chooses. */
export function namespacePolicies(namespace: string, n: number, namespaces: number, random: Random): string[] {
  return [0, 1, 2, 3].map((i) => {
    const make = kinds[(n * 3 + i) % kinds.length] ?? kinds[0];
    return make(namespace, `policy-${String(i)}`, namespaceName(random.below(namespaces)), random);
  });
}

type Make = (namespace: string, name: string, other: string, random: Random) => string;

const roles = ['frontend', 'backend', 'database', 'cache', 'worker'] as const;

const kinds: readonly [Make, ...Make[]] = [
  (namespace, name) => `${kubernetes(namespace, name)}  podSelector: {}\n  policyTypes: [Ingress]\n`,
  (namespace, name, other, random) =>
    `${kubernetes(namespace, name)}  podSelector:\n    matchLabels:\n      role: ${random.pick(roles)}\n  ingress:\n  - from:\n    - podSelector:\n        matchLabels:\n          role: ${random.pick(roles)}\n` +
    `    - namespaceSelector:\n        matchLabels:\n          kubernetes.io/metadata.name: ${other}\n      podSelector:\n        matchExpressions:\n        - {key: role, operator: In, values: [frontend, worker]}\n` +
    '    ports:\n    - port: http\n    - protocol: TCP\n      port: 9000\n      endPort: 9100\n',
  (namespace, name, other, random) =>
    `${calico(namespace, name)}  order: ${String(100 + random.below(400))}\n  selector: role in {"${random.pick(roles)}", "${random.pick(roles)}"} && has(app)\n  types: [Ingress, Egress]\n` +
    `  ingress:\n  - action: Deny\n    source:\n      namespaceSelector: environment == "test"\n  - action: Allow\n    protocol: TCP\n    source:\n      namespaceSelector: team == "${other}" || monitored == "true"\n      selector: role != "database"\n    destination:\n      ports: [80, 8080, metrics]\n` +
    `  egress:\n  - action: Allow\n    protocol: TCP\n    destination:\n      selector: list == "partners"\n      ports: ["443", "8000:8999"]\n  - action: Allow\n    destination:\n      namespaceSelector: all()\n      selector: part-of == "shop-${String(random.below(4))}"\n`,
  (namespace, name, other, random) =>
    `${kubernetes(namespace, name)}  podSelector:\n    matchExpressions:\n    - {key: part-of, operator: In, values: [shop-0, shop-${String(random.below(4))}]}\n  policyTypes: [Ingress, Egress]\n` +
    officeIngress(random.below(256)) +
    `  egress:\n  - to:\n    - namespaceSelector:\n        matchLabels:\n          team: ${other}\n    ports:\n    - port: 8080\n  - to:\n    - podSelector: {}\n  - ports:\n    - protocol: UDP\n      port: 53\n`,
  (namespace, name, other, random) =>
    `${calico(namespace, `platform.${name}`)}  tier: platform\n  order: ${String(30 + random.below(100))}\n  selector: role == "${random.pick(roles)}"\n  types: [Ingress]\n` +
    `  ingress:\n  - action: Allow\n    protocol: TCP\n    source:\n      namespaceSelector: kubernetes.io/metadata.name == "${other}"\n      serviceAccounts:\n        selector: role == "${random.pick(roles)}"\n    destination:\n      ports: [http]\n  - action: Pass\n`,
  (namespace, name, other, random) =>
    `${calico(namespace, name)}  order: ${String(500 + random.below(100))}\n  serviceAccountSelector: role == "${random.pick(roles)}"\n  types: [Egress]\n` +
    `  egress:\n  - action: Allow\n    protocol: TCP\n    destination:\n      nets: [10.${String(random.below(256))}.0.0/16, 172.16.0.0/12]\n      notNets: [172.16.${String(random.below(256))}.0/24]\n      ports: [5432, 6379]\n  - action: Deny\n    destination:\n      nets: [169.254.0.0/16]\n  - action: Allow\n    destination:\n      namespaceSelector: projectcalico.org/name == "${other}"\n`,
];

function officeIngress(byte: number): string {
  const office = `10.${String(byte)}.0.0`;
  return `  ingress:\n  - from:\n    - ipBlock:\n        cidr: ${office}/16\n        except: [${office}/24]\n    ports:\n    - port: 8080\n`;
}

function kubernetes(namespace: string, name: string): string {
  return `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\nspec:\n`;
}

function calico(namespace: string, name: string): string {
  return `apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\nspec:\n`;
}

/** The name of the nth namespace. */
export function namespaceName(n: number): string {
  return `team-${String(n).padStart(4, '0')}`;
}
