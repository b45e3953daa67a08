/**
 * Writes a tree of plausible manifests for measuring: `workloads` Deployments (some StatefulSets, DaemonSets and CronJobs) in namespaces of twenty,
 * each with its ServiceAccount, Role, RoleBinding and Service; a restricted and a privileged PodSecurityPolicy, and one bespoke policy with its
 * role and binding in every tenth namespace. The same number gives the same bytes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PER_NAMESPACE = 20;

export function generateTree(directory: string, workloads: number): void {
  const namespaces = Math.ceil(workloads / PER_NAMESPACE);
  write(directory, 'cluster/policies.yaml', [
    policy('restricted', false),
    policy('zz-privileged', true),
    useRole('restricted'),
    everyAccount(),
  ]);
  for (let n = 0; n < namespaces; n++) {
    const namespace = `team-${String(n).padStart(4, '0')}`;
    const documents = [`apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${namespace}\n`];
    if (n % 10 === 0)
      documents.push(policy(`bespoke-${namespace}`, true), useRole(`bespoke-${namespace}`), bespokeBinding(namespace));
    write(directory, `${namespace}/namespace.yaml`, documents);
    for (let w = n * PER_NAMESPACE; w < Math.min(workloads, (n + 1) * PER_NAMESPACE); w++) {
      write(directory, `${namespace}/app-${String(w)}.yaml`, workload(namespace, `app-${String(w)}`, w));
    }
  }
}

function write(directory: string, path: string, documents: readonly string[]): void {
  const file = join(directory, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, documents.join('---\n'));
}

function workload(namespace: string, name: string, seed: number): string[] {
  const kind =
    seed % 10 === 7 ? 'StatefulSet' : seed % 10 === 8 ? 'DaemonSet' : seed % 10 === 9 ? 'CronJob' : 'Deployment';
  const metadata = `metadata:\n  name: ${name}\n  namespace: ${namespace}\n`;
  return [
    `apiVersion: v1\nkind: ServiceAccount\n${metadata}`,
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\n${metadata}rules:\n- apiGroups: [""]\n  resources: ["configmaps", "secrets"]\n  verbs: ["get", "list"]\n`,
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\n${metadata}roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: ${name}\nsubjects:\n- kind: ServiceAccount\n  name: ${name}\n  namespace: ${namespace}\n`,
    `apiVersion: v1\nkind: Service\n${metadata}spec:\n  selector:\n    app: ${name}\n  ports:\n  - port: 80\n    targetPort: 8080\n`,
    kind === 'CronJob' ? cronJob(metadata, name, seed) : controller(kind, metadata, name, seed),
  ];
}

function controller(kind: string, metadata: string, name: string, seed: number): string {
  const service = kind === 'StatefulSet' ? `  serviceName: ${name}\n` : '';
  const replicas = kind === 'DaemonSet' ? '' : '  replicas: 3\n';
  return `apiVersion: apps/v1\nkind: ${kind}\n${metadata}spec:\n${replicas}${service}  selector:\n    matchLabels:\n      app: ${name}\n  template:\n${template(name, seed, '    ')}`;
}

function cronJob(metadata: string, name: string, seed: number): string {
  return `apiVersion: batch/v1\nkind: CronJob\n${metadata}spec:\n  schedule: "*/5 * * * *"\n  jobTemplate:\n    spec:\n      template:\n${template(name, seed, '        ', '  restartPolicy: Never\n')}`;
}

function template(name: string, seed: number, indent: string, extra = ''): string {
  const root =
    seed % 17 === 0
      ? '    securityContext:\n      privileged: true\n'
      : '    securityContext:\n      allowPrivilegeEscalation: false\n';
  const text =
    `metadata:\n  labels:\n    app: ${name}\n    tier: backend\nspec:\n` +
    `${extra}  serviceAccountName: ${name}\n  containers:\n  - name: main\n    image: registry.example/${name}:1.${String(seed % 40)}\n` +
    '    ports:\n    - name: http\n      containerPort: 8080\n    env:\n    - name: LOG_LEVEL\n      value: info\n' +
    `${root}    resources:\n      requests:\n        cpu: 100m\n        memory: 128Mi\n      limits:\n        memory: 256Mi\n` +
    '    volumeMounts:\n    - name: data\n      mountPath: /data\n  volumes:\n  - name: data\n    emptyDir: {}\n';
  return text.replace(/^/gm, indent).slice(0, -indent.length);
}

function policy(name: string, privileged: boolean): string {
  const rule = privileged ? 'rule: RunAsAny' : 'rule: MustRunAs\n    ranges:\n    - min: 1\n      max: 65535';
  const user = privileged ? 'RunAsAny' : 'MustRunAsNonRoot';
  return (
    `apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata:\n  name: ${name}\nspec:\n  privileged: ${String(privileged)}\n` +
    `  allowPrivilegeEscalation: ${String(privileged)}\n  volumes: [${privileged ? "'*'" : 'configMap, emptyDir, projected, secret, downwardAPI'}]\n` +
    `  runAsUser:\n    rule: ${user}\n  seLinux:\n    rule: RunAsAny\n  supplementalGroups:\n    ${rule}\n  fsGroup:\n    ${rule}\n`
  );
}

function useRole(name: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: psp-${name}\nrules:\n- apiGroups: [policy]\n  resources: [podsecuritypolicies]\n  resourceNames: [${name}]\n  verbs: [use]\n`;
}

function everyAccount(): string {
  return 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: psp-restricted\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: psp-restricted\nsubjects:\n- kind: Group\n  apiGroup: rbac.authorization.k8s.io\n  name: system:serviceaccounts\n';
}

function bespokeBinding(namespace: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: psp-bespoke\n  namespace: ${namespace}\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: psp-bespoke-${namespace}\nsubjects:\n- kind: Group\n  apiGroup: rbac.authorization.k8s.io\n  name: system:serviceaccounts:${namespace}\n`;
}
