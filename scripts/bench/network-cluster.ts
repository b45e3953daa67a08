/** What a generated cluster says about the traffic of all namespaces: pods' addresses, tiers, network sets, policies. */
export function clusterDocuments(): string[] {
  return [podAddresses(), tier('security', 100), tier('platform', 200), ...sets(), ...globalPolicies()];
}

const calico = (kind: string, name: string, labels = ''): string =>
  `apiVersion: projectcalico.org/v3\nkind: ${kind}\nmetadata:\n  name: ${name}\n${labels}spec:\n`;

function tier(name: string, order: number): string {
  return `${calico('Tier', name)}  order: ${String(order)}\n`;
}

/** Where the pods' addresses lie: what no block of addresses has to do with need not stay open. */
function podAddresses(): string {
  return `${calico('IPPool', 'pods')}  cidr: 10.244.0.0/14\n`;
}

function sets(): string[] {
  const blocks = (first: number, count: number): string =>
    Array.from({ length: count }, (_, i) => `  - ${String(first)}.${String(i)}.0.0/16\n`).join('');
  return [
    `${calico('GlobalNetworkSet', 'blocked', '  labels:\n    list: blocked\n')}  nets:\n${blocks(198, 40)}`,
    `${calico('GlobalNetworkSet', 'partners', '  labels:\n    list: partners\n')}  nets:\n${blocks(203, 20)}`,
  ];
}

function globalPolicies(): string[] {
  return [
    `${calico('GlobalNetworkPolicy', 'security.blocked')}  tier: security\n  order: 10\n  selector: all()\n  types: [Ingress, Egress]\n` +
      '  ingress:\n  - action: Deny\n    source:\n      selector: list == "blocked"\n  - action: Pass\n' +
      '  egress:\n  - action: Deny\n    destination:\n      selector: list == "blocked"\n  - action: Pass\n',
    `${calico('GlobalNetworkPolicy', 'platform.monitoring')}  tier: platform\n  order: 10\n  namespaceSelector: monitored == "true"\n  types: [Ingress]\n` +
      '  ingress:\n  - action: Allow\n    protocol: TCP\n    source:\n      namespaceSelector: kubernetes.io/metadata.name == "team-0000"\n' +
      '      selector: role == "worker"\n    destination:\n      ports: [metrics]\n  - action: Pass\n',
    `${calico('GlobalNetworkPolicy', 'platform.environments')}  tier: platform\n  order: 20\n  namespaceSelector: environment == "production"\n  types: [Ingress]\n` +
      '  ingress:\n  - action: Deny\n    source:\n      namespaceSelector: environment == "test"\n  - action: Pass\n',
    `${calico('GlobalNetworkPolicy', 'default-deny')}  order: 5000\n  selector: projectcalico.org/namespace starts with "team-"\n  types: [Ingress, Egress]\n` +
      '  egress:\n  - action: Allow\n    protocol: UDP\n    destination:\n      ports: [53]\n  - action: Allow\n    protocol: TCP\n    destination:\n      ports: [53]\n',
  ];
}
