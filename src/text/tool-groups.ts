/**
 * Groups of files that name `apiVersion` and `kind` like an object and that no API server ever gets: programs on somebody's machine read
 * them. Files of the control plane and of nodes (kubeadm, kubelet) are not among them, since they say what a cluster is like.
 */
const TOOL_GROUPS: ReadonlySet<string> = new Set([
  'backstage.io',
  'builtin',
  'ctlptl.dev',
  'eksctl.io',
  'goabout.com',
  'k0sctl.k0sproject.io',
  'k3d.io',
  'kpt.dev',
  'krew.googlecontainertools.github.com',
  'kubectl.config.k8s.io',
  'qbec.io',
  'scaffolder.backstage.io',
  'score.dev',
  'scorecard.operatorframework.io',
  'skaffold',
  'viaduct.ai',
]);

/** Groups of tests: Chainsaw, Kyverno's command line, Gatekeeper's gator, KUTTL (which was a part of KUDO). */
const TEST_GROUPS: ReadonlySet<string> = new Set([
  'chainsaw.kyverno.io',
  'cli.kyverno.io',
  'json.kyverno.io',
  'kudo.dev',
  'kuttl.dev',
  'test.gatekeeper.sh',
]);

/** What an apiVersion tells of a document that no API server gets: a file of a program such as Skaffold, or of a test. */
export function offlineKind(apiVersion: string): 'tool file' | 'test' | undefined {
  const slash = apiVersion.indexOf('/');
  if (slash < 0) return undefined;
  const group = apiVersion.slice(0, slash);
  if (TEST_GROUPS.has(group)) return 'test';
  return TOOL_GROUPS.has(group) ? 'tool file' : undefined;
}
