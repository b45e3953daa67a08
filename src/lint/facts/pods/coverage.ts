import type { UseGrant } from './use-grants.ts';

/** Whether everybody who gets the `use` of one policy by the first grants gets that of another by the second, in the same places. */
export function covers(others: readonly UseGrant[], grants: readonly UseGrant[]): boolean {
  const given = new Set(others.flatMap((grant) => subjectKeys(grant).map((key) => `${grant.namespace} ${key}`)));
  return grants.every((grant) =>
    subjectKeys(grant).every((key) =>
      [key, ...groupsOf(key)].some((holder) => given.has(` ${holder}`) || given.has(`${grant.namespace} ${holder}`)),
    ),
  );
}

/** `User alice`, `Group team`, `User system:serviceaccount:ns:name` for an account. */
function subjectKeys({ grant: { binding } }: UseGrant): string[] {
  return binding.subjects.map(({ kind, name, namespace }) =>
    kind === 'ServiceAccount'
      ? `User system:serviceaccount:${namespace === '' ? binding.namespace : namespace}:${name}`
      : `${kind} ${name}`,
  );
}

/** The groups that a subject is in for certain, as far as the plugin asks: it asks about an account without `system:authenticated`. */
function groupsOf(key: string): string[] {
  const account = /^User system:serviceaccount:([^:]+):/.exec(key)?.[1];
  if (account !== undefined) return ['Group system:serviceaccounts', `Group system:serviceaccounts:${account}`];
  if (key.startsWith('Group system:serviceaccounts:')) return ['Group system:serviceaccounts'];
  return key.startsWith('User ') ? ['Group system:authenticated'] : [];
}
