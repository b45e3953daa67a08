/**
 * Writes a tree of plausible manifests for measuring what traffic is allowed: Deployments, StatefulSets and Pods in namespaces of twenty, each with
 * its Service and account; four policies a namespace, Kubernetes and Calico kinds mixed; tiers, policies and network sets of the whole cluster. The
 * same number gives the same bytes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterDocuments } from './network-cluster.ts';
import { namespaceName, namespacePolicies } from './network-policies.ts';
import { seededRandom } from './seeded-random.ts';
import type { Random } from './seeded-random.ts';

const perNamespace = 20;

/** How many namespaces and policies a tree of a size has. */
export interface NetworkTree {
  readonly namespaces: number;
  readonly policies: number;
}

export function generateNetwork(directory: string, workloads: number): NetworkTree {
  const namespaces = Math.ceil(workloads / perNamespace);
  const random = seededRandom(workloads);
  const cluster = clusterDocuments();
  write(directory, 'cluster/network.yaml', cluster);
  let policies = cluster.filter((text) => /^kind: \w+Policy$/m.test(text)).length;
  for (let n = 0; n < namespaces; n++) {
    const namespace = namespaceName(n);
    write(directory, `${namespace}/namespace.yaml`, [namespaceDocument(namespace, n)]);
    const own = namespacePolicies(namespace, n, namespaces, random);
    policies += own.length;
    write(directory, `${namespace}/policies.yaml`, own);
    for (let w = n * perNamespace; w < Math.min(workloads, (n + 1) * perNamespace); w++) {
      write(directory, `${namespace}/app-${String(w)}.yaml`, workload(namespace, w, random));
    }
  }
  return { namespaces, policies };
}

function write(directory: string, path: string, documents: readonly string[]): void {
  const file = join(directory, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, documents.join('---\n'));
}

function namespaceDocument(name: string, n: number): string {
  const environment = ['production', 'staging', 'test'][n % 3] ?? '';
  return `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n  labels:\n    team: ${name}\n    environment: ${environment}\n    monitored: "${String(n % 2 === 0)}"\n`;
}

function workload(namespace: string, w: number, random: Random): string[] {
  const name = `app-${String(w)}`;
  const role = random.pick(['frontend', 'backend', 'backend', 'database', 'cache', 'worker']);
  const labels = `app: ${name}\nrole: ${role}\npart-of: shop-${String(w % 4)}\n`;
  const metadata = `metadata:\n  name: ${name}\n  namespace: ${namespace}\n`;
  const kind = w % 10 === 7 ? 'Pod' : w % 10 >= 8 ? 'StatefulSet' : 'Deployment';
  return [
    `apiVersion: v1\nkind: ServiceAccount\n${metadata}  labels:\n    role: ${role}\n`,
    `apiVersion: v1\nkind: Service\n${metadata}spec:\n  selector:\n    app: ${name}\n  ports:\n  - name: http\n    port: 80\n    targetPort: http\n`,
    kind === 'Pod'
      ? `apiVersion: v1\nkind: Pod\n${metadata}  labels:\n${indent(labels, 4)}spec:\n${podSpec(name, 2)}`
      : controller(kind, metadata, name, labels),
  ];
}

function controller(kind: string, metadata: string, name: string, labels: string): string {
  const service = kind === 'StatefulSet' ? `  serviceName: ${name}\n` : '';
  return (
    `apiVersion: apps/v1\nkind: ${kind}\n${metadata}spec:\n  replicas: 3\n${service}  selector:\n    matchLabels:\n      app: ${name}\n` +
    `  template:\n    metadata:\n      labels:\n${indent(labels, 8)}    spec:\n${podSpec(name, 6)}`
  );
}

function podSpec(name: string, columns: number): string {
  return indent(
    `serviceAccountName: ${name}\ncontainers:\n- name: main\n  image: registry.example/${name}:1.0\n  ports:\n` +
      '  - name: http\n    containerPort: 8080\n  - name: metrics\n    containerPort: 9090\n' +
      '  resources:\n    requests:\n      cpu: 100m\n      memory: 128Mi\n    limits:\n      memory: 256Mi\n',
    columns,
  );
}

function indent(text: string, columns: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(columns));
}
