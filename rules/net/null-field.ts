import { defineRule, type FieldPath, type WrittenPolicy } from '../../src/lint/rule.ts';

/** A key of a network policy without a value. The API server and Calico decode null as an absent field. */
export const rule = defineRule({
  id: 'net/null-field',
  summary: 'Every key of a network policy has a value',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'network-policy',
  needs: [],
  messages: {
    null: '`{field}` has no value: {meaning}',
  },
  *find(policy) {
    const { object, isCalico } = policy;
    for (const field of nullFields(policy.spec, ['spec'])) {
      const meaning = meaningOf(policy, field);
      const { path } = field;
      if (meaning !== undefined) yield { is: 'null', at: { object, path, at: 'key' }, path, isCalico, meaning };
    }
  },
  say: {
    null: ({ path, isCalico, meaning }) => ({
      field: path.filter((segment) => typeof segment === 'string').join('.'),
      meaning: MEANINGS[meaning](path, isCalico),
      hint: 'set a value, or remove the key',
    }),
  },
});

type Meaning = keyof typeof MEANINGS;

const MEANINGS = {
  everySource: () => 'the rule allows every source, as if the key were absent',
  everyDestination: () => 'the rule allows every destination, as if the key were absent',
  everyPort: () => 'the rule allows every port',
  everyPortOfProtocol: () => 'the rule allows every port of the protocol',
  anySource: () => 'the rule matches every source',
  anyDestination: () => 'the rule matches every destination',
  anyPort: () => 'the rule matches every port',
  anyAddress: () => 'the rule matches every address',
  anyProtocol: () => 'the rule matches every protocol',
  emptyRule: (path: FieldPath) => `an empty rule allows all ${String(path[1])}`,
  everyPod: () => 'the policy selects every pod of its namespace',
  notNarrowed: () => 'it does not restrict the peer, as if the key were absent',
  unselective: () => 'it restricts nothing, as if the key were absent',
  emptySelector: (path: FieldPath) => `\`${String(path.at(-2))}\` is empty and selects everything`,
  ownNamespace: () =>
    "the peer selects pods of the policy's own namespace only, whereas `{}` would select every namespace",
  ignored: () => 'it is ignored, as if the key were absent',
  implicitTypes: () => 'the policy applies to the directions that its rules imply, as if the key were absent',
  lastOrder: () => 'the policy is evaluated after all policies that have an order',
  denied: (path: FieldPath) => `there are no rules, so all ${String(path.at(-1))} of the selected pods is denied`,
  notGoverned: (path: FieldPath, isCalico: boolean) =>
    `the policy does not apply to ${String(path.at(-1))} and denies none of it; to deny it, add it to \`${isCalico ? 'types' : 'policyTypes'}\``,
} satisfies Readonly<Record<string, (path: FieldPath, isCalico: boolean) => string>>;

const KUBERNETES: Readonly<Record<string, Meaning>> = {
  from: 'everySource',
  to: 'everyDestination',
  ports: 'everyPort',
  port: 'everyPortOfProtocol',
  namespaceSelector: 'ownNamespace',
  policyTypes: 'implicitTypes',
};

const CALICO: Readonly<Record<string, Meaning>> = {
  source: 'anySource',
  destination: 'anyDestination',
  ports: 'anyPort',
  nets: 'anyAddress',
  selector: 'unselective',
  namespaceSelector: 'ignored',
  protocol: 'anyProtocol',
  types: 'implicitTypes',
  order: 'lastOrder',
};

interface NullField {
  readonly path: FieldPath;
  /** The values of the object or list that it is in, its own included. */
  readonly siblings: readonly unknown[];
}

function nullFields(value: unknown, path: FieldPath, siblings: readonly unknown[] = []): readonly NullField[] {
  if (value === null) return [{ path, siblings }];
  if (typeof value !== 'object') return [];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  const values = entries.map(([, child]) => child);
  return entries.flatMap(([key, child]) => nullFields(child, [...path, key], values));
}

/** What null means at a place; undefined where it means nothing that a reader could mistake. */
function meaningOf(policy: WrittenPolicy, { path, siblings }: NullField): Meaning | undefined {
  const key = path.at(-1);
  if (key === 'ingress' || key === 'egress') return path.length === 2 ? ofDirection(policy, key) : undefined;
  if (typeof key === 'number') return path.length === 3 && !policy.isCalico ? 'emptyRule' : undefined;
  if (policy.isCalico) return CALICO[key ?? ''];
  if (key === 'podSelector') return path.length === 2 ? 'everyPod' : 'notNarrowed';
  if (key === 'matchLabels' || key === 'matchExpressions')
    return siblings.every((each) => each === null) ? 'emptySelector' : undefined;
  return KUBERNETES[key ?? ''];
}

function ofDirection({ policy, isCalico, spec }: WrittenPolicy, direction: 'ingress' | 'egress'): Meaning | undefined {
  if (policy === undefined) return undefined;
  if (policy.governs[direction]) return 'denied';
  const written = isCalico ? spec.types : spec.policyTypes;
  return Array.isArray(written) && written.length > 0 ? undefined : 'notGoverned';
}
