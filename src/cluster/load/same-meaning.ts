import type { MapNode, Tree } from '../../text/tree.ts';

/**
 * Whether two manifests of one object ask for the same, whether or not they write out what the server fills in: a field that is absent means its
 * default. Which default a field has is told by its name alone, which is enough to tell copies from variants; it decides no verdict.
 */
export function sameMeaning(a: Tree | undefined, b: Tree | undefined, field = ''): boolean {
  if (a === undefined) return b === undefined || isDefault(b, field);
  if (b === undefined) return isDefault(a, field);
  if (a.type === 'map' && b.type === 'map') return sameFields(a, b);
  if (a.type === 'list' && b.type === 'list') {
    return a.items.length === b.items.length && a.items.every((item, index) => sameMeaning(item, b.items[index]));
  }
  return textOf(a) === textOf(b) || (isDefault(a, field) && isDefault(b, field));
}

function sameFields(a: MapNode, b: MapNode): boolean {
  const others = new Map(b.entries.map(({ key, value }) => [key, value]));
  for (const { key, value } of a.entries) {
    if (!sameMeaning(value, others.get(key), key)) return false;
    others.delete(key);
  }
  return [...others].every(([key, value]) => isDefault(value, key));
}

function isDefault(node: Tree, field: string): boolean {
  if (node.type === 'map') return node.entries.every(({ key, value }) => isDefault(value, key));
  if (node.type === 'list') return node.items.length === 0;
  const text = textOf(node);
  return ZERO.has(text) || DEFAULTS.get(field) === text;
}

/** What Go's encoding leaves out, and what decoding makes of an absent field. */
const ZERO: ReadonlySet<string> = new Set(['null', 'false', '0', '']);

/** Defaults of pods, workloads, Services and policies (pkg/apis/{core/v1,apps/v1,batch/v1,networking/v1}/defaults.go; libcalico-go/lib/apis/v3). */
const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['apiGroup', 'rbac.authorization.k8s.io'],
  ['backoffLimit', '6'],
  ['concurrencyPolicy', 'Allow'],
  ['defaultMode', '420'],
  ['dnsPolicy', 'ClusterFirst'],
  ['enableServiceLinks', 'true'],
  ['failureThreshold', '3'],
  ['maxSurge', '25%'],
  ['maxUnavailable', '25%'],
  ['periodSeconds', '10'],
  ['podManagementPolicy', 'OrderedReady'],
  ['progressDeadlineSeconds', '600'],
  ['protocol', 'TCP'],
  ['replicas', '1'],
  ['restartPolicy', 'Always'],
  ['revisionHistoryLimit', '10'],
  ['schedulerName', 'default-scheduler'],
  ['scheme', 'HTTP'],
  ['selector', 'all()'],
  ['successThreshold', '1'],
  ['terminationGracePeriodSeconds', '30'],
  ['terminationMessagePath', '/dev/termination-log'],
  ['terminationMessagePolicy', 'File'],
  ['tier', 'default'],
  ['timeoutSeconds', '1'],
]);

function textOf(node: Tree): string {
  switch (node.type) {
    case 'null':
      return 'null';
    case 'number':
      return node.literal;
    case 'boolean':
      return String(node.value);
    case 'string':
      return node.value;
    case 'list':
    case 'map':
      return node.type;
  }
}
