/**
 * Whether a file or directory that a kustomization names and that is not there is made or fetched before a build: what package managers bring (`vendor/`), and
 * the description that `operator-sdk generate kustomize manifests` writes (operator-sdk, internal/cmd/operator-sdk/generate/kustomize/manifests.go).
 */
export function isMadeBefore(path: string): boolean {
  return /\/(?:vendor|node_modules)\//.test(path) || /\/bases\/[^/]+\.clusterserviceversion\.yaml$/.test(path);
}

/** Where the template may be that a script fills in to make a file: `x.yaml.in`, `x.tpl`. */
export function templatesOf(path: string): readonly string[] {
  const stem = path.replace(/\.(?:ya?ml|json|env)$/, '');
  return ['in', 'tpl', 'tmpl', 'template', 'j2', 'example', 'sample'].flatMap((end) => [
    `${path}.${end}`,
    `${stem}.${end}`,
  ]);
}
