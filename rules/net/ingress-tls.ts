import { defineRule } from '../../src/lint/rule.ts';

/** An Ingress, or a host of it, without TLS. */
export const rule = defineRule({
  id: 'net/ingress-tls',
  summary: 'Every host of an Ingress is served with TLS',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  aliases: ['tlsSettingsMissing', 'C-0263'],
  scope: 'ingress',
  needs: [],
  messages: {
    none: 'Ingress `{name}` has no `tls`: it serves its hosts unencrypted',
    host: 'Ingress `{name}` serves host `{host}` unencrypted: no `tls` entry covers it',
  },
  *find({ object, hosts, tls, hasCertificate, annotations }) {
    if (hasCertificate || hosts.length === 0) return;
    // A minion must not have `tls`: its master has it for the host.
    if (annotations.some(([key, value]) => key === 'nginx.org/mergeable-ingress-type' && value === 'minion')) return;
    const { name } = object;
    if (tls === undefined) {
      yield { is: 'none', at: { object, path: ['spec'], at: 'key' }, name };
      return;
    }
    for (const { host, path } of hosts) {
      if (host !== '' && !tls.some((each) => covers(each, host)))
        yield { is: 'host', at: { object, path }, name, host };
    }
  },
  say: {
    none: ({ name }) => ({ name, hint: 'add `tls` with the Secret that holds the certificate' }),
    host: ({ name, host }) => ({ name, host, hint: `add \`${host}\` to the \`hosts\` of a \`tls\` entry` }),
  },
});

/** An entry without hosts covers the whole Ingress, an asterisk one label. */
function covers(covered: string, host: string): boolean {
  return (
    covered === '' ||
    covered === host ||
    (covered.startsWith('*.') && host.slice(host.indexOf('.')) === covered.slice(1))
  );
}
