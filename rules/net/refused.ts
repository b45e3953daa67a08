import { defineCheckRule } from '../../src/lint/rule.ts';

const WHO = {
  decode: 'the API server cannot read',
  apiserver: 'the API server refuses',
  calico: 'Calico refuses',
  conversion: 'Calico leaves out a part of',
  felix: 'felix drops, so that it takes effect nowhere,',
};

/**
 * A policy or another object about traffic that is refused, so that nothing of it decides. Asks the network engine, which mirrors the validation of
 * Kubernetes (pkg/apis/networking/validation) and of libcalico-go, v3.32. What a rule of its own tells better is left to that.
 */
export const rule = defineCheckRule({
  id: 'net/refused',
  summary: 'Objects about traffic are ones that somebody takes',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net', 'calico', 'problems', 'cluster'],
  messages: {
    refused: '{who} {kind} `{name}`: {message}',
  },
  check(_cluster, { facts: { net, calico, problems, cluster }, report }) {
    const unread = problems.of('schema').map(({ place }) => ('object' in place ? place.object : undefined));
    for (const { object, path, by, message } of net.policies.problems) {
      if (!cluster.isLinted(object) || unread.includes(object)) continue;
      const policy = calico.policy(object);
      const isToldElsewhere =
        calico.selectorsOf(object).some(({ text }) => 'message' in calico.parse(text)) ||
        (policy !== undefined &&
          (calico.portProblems(policy).length > 0 || policy.spec.preDNAT === true || policy.spec.doNotTrack === true));
      if (isToldElsewhere) continue;
      const name = object.namespace === '' ? object.name : `${object.namespace}/${object.name}`;
      report(
        { object, path },
        'refused',
        { who: WHO[by], kind: object.kind, name, message },
        {
          hint: 'until it is mended, traffic is decided as if it were not there',
          ...(by === 'conversion' ? { atMost: 'warning' } : {}),
        },
      );
    }
  },
});
