import { certainGroups, type Holder, holderOf } from '../rbac/membership.ts';
import type { UseGrant } from './use-grants.ts';

/** Whether everybody who gets the `use` of one policy by the first grants gets that of another by the second, in the same places. */
export function covers(others: readonly UseGrant[], grants: readonly UseGrant[]): boolean {
  const given = new Set(
    others.flatMap((grant) => holdersOf(grant).map((holder) => `${grant.namespace} ${keyOf(holder)}`)),
  );
  return grants.every((grant) =>
    holdersOf(grant).every((holder) => {
      const groups = certainGroups(holder).map((name): Holder => ({ kind: 'Group', name }));
      return [holder, ...groups].some(
        (each) => given.has(` ${keyOf(each)}`) || given.has(`${grant.namespace} ${keyOf(each)}`),
      );
    }),
  );
}

function holdersOf({ grant: { binding } }: UseGrant): readonly Holder[] {
  return binding.subjects.flatMap((subject) => holderOf(subject, binding.namespace) ?? []);
}

function keyOf({ kind, name }: Holder): string {
  return `${kind} ${name}`;
}
