import { defineCheckRule, type FieldPath, type WrittenPolicy } from '../../src/lint/rule.ts';

/** A key of a network policy without a value. What the API server and Calico make of it: they decode null as an absent field. */
export const rule = defineCheckRule({
  id: 'net/null-field',
  summary: 'Every key of a network policy has a value',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    null: '`{field}` has no value: {meaning}',
  },
  check(_cluster, { facts: { net }, report }) {
    for (const policy of net.policies.written) {
      for (const path of nullFields(policy.spec, ['spec'])) {
        const meaning = meaningOf(policy, path);
        if (meaning === undefined) continue;
        const field = path.filter((segment) => typeof segment === 'string').join('.');
        report(
          { object: policy.object, path, at: 'key' },
          'null',
          { field, meaning },
          { hint: 'write what is meant, or leave the key out' },
        );
      }
    }
  },
});

function nullFields(value: unknown, path: FieldPath): readonly FieldPath[] {
  if (value === null) return [path];
  if (typeof value !== 'object') return [];
  const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
  return [...entries].flatMap(([key, child]: [string | number, unknown]) => nullFields(child, [...path, key]));
}

function meaningOf(policy: WrittenPolicy, path: FieldPath): string | undefined {
  const key = path.at(-1);
  if (key === 'ingress' || key === 'egress') return path.length === 2 ? ofDirection(policy, key) : undefined;
  if (typeof key === 'number') {
    const isRule = path.length === 3 && !policy.isCalico;
    return isRule ? `a rule without anything in it allows all ${String(path[1])}` : undefined;
  }
  const parent = path.at(-2);
  if (policy.isCalico) return calicoMeanings[key ?? ''];
  if (key === 'podSelector' && path.length === 2) return 'the policy selects every pod of its namespace';
  if (key === 'podSelector') return 'it does not narrow the peer, as if it were left out';
  if (key === 'matchLabels' || key === 'matchExpressions') {
    return hasCriteria(policy, path) ? undefined : `\`${String(parent)}\` is empty, and selects everything`;
  }
  return kubernetesMeanings[key ?? ''];
}

const kubernetesMeanings: Readonly<Record<string, string>> = {
  from: 'the rule allows every source, as if it were left out',
  to: 'the rule allows every destination, as if it were left out',
  ports: 'the rule allows every port',
  port: 'the rule allows every port of the protocol',
  namespaceSelector: "the peer is in the policy's own namespace, where `{}` would be every namespace",
  policyTypes: 'the types follow from the rules, as if it were left out',
};

const calicoMeanings: Readonly<Record<string, string>> = {
  source: 'the rule is about every source',
  destination: 'the rule is about every destination',
  ports: 'the rule is about every port',
  nets: 'the rule is about every address',
  selector: 'it does not narrow anything, as if it were left out',
  namespaceSelector: 'it does not name a namespace, as if it were left out',
  protocol: 'the rule is about every protocol',
  types: 'the types follow from the rules, as if it were left out',
  order: 'the policy comes after all that have an order',
};

function hasCriteria({ spec }: WrittenPolicy, path: FieldPath): boolean {
  let value: unknown = { spec };
  for (const segment of path.slice(0, -1)) value = (value as Record<string | number, unknown>)[segment];
  return Object.values(value as object).some((each) => each !== null);
}

function ofDirection({ policy, isCalico, spec }: WrittenPolicy, direction: 'ingress' | 'egress'): string | undefined {
  if (policy === undefined) return undefined;
  const written = isCalico ? spec.types : spec.policyTypes;
  const isNamed = Array.isArray(written) && written.length > 0;
  if (policy.governs[direction]) return `there is no rule, so that all ${direction} of the selected pods is denied`;
  return isNamed
    ? undefined
    : `the policy is not about ${direction}, and leaves all of it as it is; to deny it, name it under \`${isCalico ? 'types' : 'policyTypes'}\``;
}
