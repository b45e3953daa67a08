import type { PolicySubject } from '../facts/facts.ts';
import type { Message, Messages } from '../finding/message.ts';
import type { Place } from '../finding/place.ts';
import type { Found, RuleDescription, RuleOf } from './definition.ts';

/** Something that a PodSecurityPolicy allows. */
export interface PolicyFault {
  /** The key of the message. */
  readonly is: string;
  readonly at: Place;
  /** Fills `{value}` of the message. */
  readonly value?: string;
  /** What to do about it: an imperative. */
  readonly hint: string;
}

/** A rule about what a PodSecurityPolicy allows. */
export interface PolicyRule extends RuleDescription {
  /** What the policy does, a predicate without a full stop: `allows privileged containers`. `{value}` is that of the fault. */
  readonly messages: Readonly<Record<string, string>>;
  /** What is wrong with a policy. */
  readonly faults: (policy: PolicySubject) => Iterable<PolicyFault>;
}

/**
 * Makes a rule about what a PodSecurityPolicy allows. Each message has a twin at level info, `…Limited`, for policies that no user or group
 * outside kube-system may use: such a policy serves service accounts by name, or the system, and is likely meant to allow what it allows.
 * The grants to others become related locations.
 */
export function definePolicyRule({ messages, faults, ...described }: PolicyRule): RuleOf<'policy'> {
  const keys = Object.keys(messages).flatMap((key) => [key, `${key}Limited`]);
  const words = ({ name, fault: { hint, value } }: FoundFault) => ({
    policy: name,
    hint,
    ...(value === undefined ? {} : { value }),
  });
  return {
    ...described,
    scope: 'policy',
    needs: ['psp'],
    options: {},
    messages: withLimited(messages),
    *find(policy, { facts: { psp } }): Iterable<FoundFault> {
      if (psp.state.value === 'off') return;
      for (const fault of faults(policy)) {
        const because = psp.wideGrants(policy);
        const is = because.length === 0 ? `${fault.is}Limited` : fault.is;
        yield { is, at: fault.at, because, name: policy.name, fault };
      }
    },
    // Every find is made above, with its fault.
    say: Object.fromEntries(keys.map((key) => [key, words])) as unknown as RuleOf<'policy'>['say'],
  };
}

interface FoundFault extends Found {
  readonly name: string;
  readonly fault: PolicyFault;
}

function withLimited(messages: PolicyRule['messages']): Messages {
  const all: Record<string, Message> = {};
  for (const [key, predicate] of Object.entries(messages)) {
    all[key] = `PodSecurityPolicy \`{policy}\` ${predicate}`;
    const text = `PodSecurityPolicy \`{policy}\`, which no user or group outside kube-system but administrators may use, ${predicate}`;
    all[`${key}Limited`] = { level: 'info', text };
  }
  return all;
}
