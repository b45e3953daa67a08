import type { ObjectPlace } from '../../../cluster/index/cluster.ts';
import type { UseGrant } from '../../../engines/psp/use-grants.ts';
import type { Reason } from '../../../engines/verdict.ts';
import type { ManifestObject } from '../../../model/object.ts';
import { takeoverOf } from '../../knowledge/takeover.ts';
import type { PolicySubject } from './policy-subject.ts';

/** A subject that a manifest lets use a policy which gives full control of the node. */
export interface NodeTakeover {
  readonly policy: PolicySubject;
  /** Where the binding names the subject. */
  readonly at: ObjectPlace;
  readonly subject: UseGrant['grant']['binding']['subjects'][number];
  /** The namespace of the binding, in which a ServiceAccount without a namespace is. */
  readonly home: string;
  /** Where the grant holds; '' is everywhere. */
  readonly namespace: string;
  /** The rule that grants the use, and the policy. */
  readonly because: readonly Reason[];
  /** The manifests that make the grant. */
  readonly manifests: readonly ManifestObject[];
}

/** The subjects that `grants` let use a policy, each where it is named; none where the policy does not give control of the node. */
export function nodeTakeovers(policy: PolicySubject, grants: readonly UseGrant[]): readonly NodeTakeover[] {
  if (takeoverOf(policy.spec).length === 0) return [];
  return grants.flatMap(({ grant: { binding }, rule, namespace }) => {
    const { object, subjects, namespace: home } = binding;
    if ('implicit' in object) return [];
    const role = rule.writtenIn.object;
    const because = [
      { object: role, path: ['rules', rule.index], sentence: 'the rule that grants the use' },
      { object: policy.object, path: ['spec'], sentence: 'the policy' },
    ];
    const manifests = 'implicit' in role ? [object] : [object, role];
    return subjects.map((subject, index) => {
      const at = { object, path: ['subjects', index, 'name'] };
      return { policy, at, subject, home, namespace, because, manifests };
    });
  });
}
