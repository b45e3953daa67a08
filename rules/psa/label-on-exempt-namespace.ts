import { defineCheckRule } from '../../src/lint/rule.ts';

/** Labels that nobody reads: the server's configuration exempts their namespace. Mirrors ValidatePod of pod-security-admission, v0.23 to v0.37. */
export const rule = defineCheckRule({
  id: 'psa/label-on-exempt-namespace',
  summary: 'Only namespaces that Pod Security Admission judges have its labels',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psa'],
  scope: 'tree',
  needs: ['psa'],
  messages: {
    ignored:
      'the label `pod-security.kubernetes.io/{mode}` has no effect: {configuration} exempts the namespace `{namespace}`',
  },
  check(_cluster, { facts: { psa }, report }) {
    const { configuration } = psa;
    if (!psa.state.value || configuration.place === undefined) return;
    for (const { object, name, exempt, labelled, policy } of psa.namespaces) {
      // To say `privileged` where nothing is judged is to say what is so.
      const mode = [...labelled].find((each) => policy[each].level !== 'privileged');
      if (!exempt || mode === undefined) continue;
      report(
        { object, path: psa.labelPath(mode, 'level') },
        'ignored',
        { mode, configuration: configuration.place.object.document.file.path, namespace: name },
        {
          because: [{ ...configuration.place, sentence: 'the configuration that exempts it' }],
          hint: 'take the namespace out of `exemptions.namespaces`, or the labels off it',
          ...(configuration.decide === undefined ? {} : { atMost: 'info' }),
        },
      );
    }
  },
});
