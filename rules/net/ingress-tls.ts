import { defineCheckRule, type ManifestObject } from '../../src/lint/rule.ts';

/** An Ingress, or a host of it, without TLS. */
export const rule = defineCheckRule({
  id: 'net/ingress-tls',
  summary: 'Every host of an Ingress is served with TLS',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  aliases: ['tlsSettingsMissing', 'C-0263'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    none: 'Ingress `{name}` has no `tls`: what it serves goes over the network unencrypted',
    host: 'Ingress `{name}` serves `{host}`, which none of its `tls` covers',
  },
  check(_cluster, { facts: { net }, report }) {
    for (const { object, hosts, tls, hasCertificate, annotations } of net.backends.ingresses) {
      if (hasCertificate || hosts.length === 0) continue;
      // A minion is not to have any: its master has it for the host.
      if (annotations.some(([key, value]) => key === 'nginx.org/mergeable-ingress-type' && value === 'minion'))
        continue;
      if (tls === undefined) {
        report(
          specOf(object),
          'none',
          { name: object.name },
          { hint: 'add `tls` with the Secret that holds the certificate' },
        );
        continue;
      }
      for (const { host, path } of hosts) {
        if (host !== '' && !tls.some((each) => covers(each, host)))
          report({ object, path }, 'host', { name: object.name, host });
      }
    }
  },
});

function specOf(object: ManifestObject) {
  return { object, path: ['spec'], at: 'key' } as const;
}

/** No hosts stand for all of the Ingress, an asterisk for one label. */
function covers(covered: string, host: string): boolean {
  return (
    covered === '' ||
    covered === host ||
    (covered.startsWith('*.') && host.slice(host.indexOf('.')) === covered.slice(1))
  );
}
