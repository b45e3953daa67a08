import { defineRule, trafficKinds } from '../../src/lint/rule.ts';

const WHO = {
  decode: 'the API server cannot decode',
  apiserver: 'the API server rejects',
  calico: 'Calico rejects',
  felix: 'Felix ignores',
};

/**
 * A policy or another object about traffic that is rejected and so has no effect. Asks the network engine, which mirrors the validation of
 * Kubernetes (pkg/apis/networking/validation) and of libcalico-go, v3.32. Faults that have a rule of their own are left to it.
 */
export const rule = defineRule({
  id: 'net/refused',
  summary: 'Network policy objects are accepted by the API server and by Calico',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'object',
  kinds: trafficKinds,
  needs: ['net', 'calico', 'problems'],
  messages: {
    refused: '{who} {kind} `{name}`: {message}',
    partial: { level: 'warning', text: 'Calico applies only a part of {kind} `{name}`: {message}' },
  },
  *find(object, { facts: { net, calico, problems } }) {
    const found = net.policies.problemsOf(object);
    if (found.length === 0) return;
    if (problems.refusal(object) !== undefined) return;
    if (problems.of('schema').some(({ place }) => 'object' in place && place.object === object)) return;
    if (calico.selectorsOf(object).some(({ text }) => 'message' in calico.parse(text))) return;
    const policy = calico.policy(object);
    if (policy !== undefined) {
      const { preDNAT, doNotTrack } = policy.spec;
      if (preDNAT === true || doNotTrack === true || calico.portProblems(policy).length > 0) return;
    }
    for (const { path, by, message } of found) {
      const at = { object, path };
      if (by === 'conversion') yield { is: 'partial', at, object, message };
      else yield { is: 'refused', at, object, who: WHO[by], message };
    }
  },
  say: {
    refused: ({ object, who, message }) => ({
      who,
      ...named(object),
      message,
      hint: 'correct the field; until then, traffic is decided as if this object did not exist',
    }),
    partial: ({ object, message }) => ({ ...named(object), message, hint: 'correct the field' }),
  },
});

interface Named {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

function named({ kind, namespace, name }: Named): { readonly kind: string; readonly name: string } {
  return { kind, name: namespace === '' ? name : `${namespace}/${name}` };
}
