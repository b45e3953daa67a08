import { record, text, texts } from '../../../../model/json.ts';
import { type Check, duplicate, goJson, invalid, required, unsupported } from '../../check/check.ts';
import { field, item, type Place } from '../../check/place.ts';
import { isEmpty } from '../../check/rules.ts';
import { numberOf } from '../../check/values.ts';
import { dnsSubdomainErrors } from '../../name-formats.ts';
import { kindCheck } from '../kind-check.ts';

/*
 * Kinds with little to check. Mirrors pkg/apis/{policy,scheduling,storage,node,coordination,certificates}/validation and kube-aggregator's, v1.24 and v1.37.
 */

const SPEC = field(undefined, 'spec');

const USAGES = [
  'any',
  'cert sign',
  'client auth',
  'code signing',
  'content commitment',
  'crl sign',
  'data encipherment',
  'decipher only',
  'digital signature',
  'email protection',
  'encipher only',
  'ipsec end system',
  'ipsec tunnel',
  'ipsec user',
  'key agreement',
  'key encipherment',
  'microsoft sgc',
  'netscape sgc',
  'ocsp signing',
  's/mime',
  'server auth',
  'signing',
  'timestamping',
];

export const signingRequestCheck = kindCheck(false, {
  name: () => [],
  again: 'nothing',
  rest: (check, object) => {
    const spec = record(object.spec);
    const request = text(spec.request);
    const content = decoded(request);
    if (
      !/-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----[\s\S]*-----END (?:NEW )?CERTIFICATE REQUEST-----/.test(content)
    ) {
      const go = `[]byte{${Array.from(content)
        .map((char) => `0x${char.charCodeAt(0).toString(16)}`)
        .join(', ')}}`;
      const printed = content === '' ? { go: '[]byte(nil)', json: 'null' } : { go, json: goJson(request) };
      invalid(check, field(SPEC, 'request'), printed, 'PEM block type must be CERTIFICATE REQUEST');
    }
    if (isEmpty(spec.usages)) required(check, field(SPEC, 'usages'));
    const at = field(SPEC, 'usages');
    for (const [index, usage] of texts(spec.usages).entries())
      if (!USAGES.includes(usage)) unsupported(check, item(at, index), usage, USAGES);
    for (const [index, usage] of texts(spec.usages).entries())
      if (texts(spec.usages).indexOf(usage) < index) duplicate(check, item(at, index), usage);
    checkSigner(check, text(spec.signerName), field(SPEC, 'signerName'));
    const { expirationSeconds: seconds } = spec;
    if (seconds !== undefined && numberOf(seconds) < 600)
      invalid(
        check,
        field(SPEC, 'expirationSeconds'),
        seconds,
        'may not specify a duration less than 600 seconds (10 minutes)',
      );
  },
});

function decoded(request: string): string {
  try {
    return atob(request);
  } catch {
    return '';
  }
}

/** Mirrors ValidateSignerName of pkg/apis/core/validation. */
function checkSigner(check: Check, name: string, at: Place): void {
  if (name === 'kubernetes.io/legacy-unknown') {
    invalid(check, at, name, 'the legacy signerName is not allowed via this API version');
    return;
  }
  if (name === '') {
    required(check, at);
    return;
  }
  const segments = name.split('/');
  if (segments.length !== 2) {
    invalid(check, at, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
    return;
  }
  const [domain = '', path = ''] = segments;
  for (const message of dnsSubdomainErrors(domain))
    invalid(check, at, domain, `validating label ${JSON.stringify(domain)}: ${message}`);
  if (domain.split('.').length < 2)
    invalid(check, at, domain, 'should be a domain with at least two segments separated by dots');
  for (const message of dnsSubdomainErrors(path))
    invalid(check, at, path, `validating label ${JSON.stringify(path)}: ${message}`);
}
