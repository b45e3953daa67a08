import { defineRule } from '../../src/lint/rule.ts';

/** Labels that have no effect: the server's configuration exempts their namespace. Mirrors ValidatePod of pod-security-admission, v0.23 to v0.37. */
export const rule = defineRule({
  id: 'psa/label-on-exempt-namespace',
  summary: 'Pod Security labels are only set on namespaces that Pod Security Admission does not exempt',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psa'],
  scope: 'namespace',
  needs: ['psa'],
  messages: {
    ignored:
      'the label `pod-security.kubernetes.io/{mode}` has no effect: {configuration} exempts namespace `{namespace}`',
  },
  find({ name }, { facts: { psa } }) {
    const { place, origin, decide } = psa.configuration;
    const namespace = psa.namespace(name);
    if (!psa.state.value || place === undefined || namespace?.exempt !== true) return [];
    const { labelled, policy } = namespace;
    // The label `privileged` says the truth: nothing is judged.
    const mode = [...labelled].find((each) => policy[each].level !== 'privileged');
    if (mode === undefined) return [];
    return [
      {
        is: 'ignored',
        at: psa.placeOf(namespace, mode),
        because: [{ ...place, sentence: 'the configuration that exempts it' }],
        restsOn: decide === undefined ? [] : [{ assumes: { sentence: origin, decide }, level: 'info' }],
        name,
        mode,
        configuration: place.object.document.file.path,
      },
    ];
  },
  say: {
    ignored: ({ name, mode, configuration }) => ({
      mode,
      configuration,
      namespace: name,
      hint: 'remove the namespace from `exemptions.namespaces`, or remove its labels',
    }),
  },
});
