import { describe, expect, it } from 'vitest';
import { readDocuments } from '../../text/read.ts';
import type { ConfigurationResult } from './configuration.ts';
import { readConfiguration } from './read-configuration.ts';

const HEAD = 'apiVersion: pod-security.admission.config.k8s.io/v1\nkind: PodSecurityConfiguration\n';

function read(text: string, minor = 37): ConfigurationResult {
  const [document] = readDocuments({ path: 'psa.yaml', text }).documents;
  if (document === undefined) throw new Error('no document');
  return readConfiguration(document, minor);
}

describe('readConfiguration', () => {
  it('fills in what is not written, in every API version', () => {
    for (const version of ['v1', 'v1beta1', 'v1alpha1']) {
      const text = `apiVersion: pod-security.admission.config.k8s.io/${version}
kind: PodSecurityConfiguration
defaults: { enforce: baseline, warn: "" }
exemptions: { namespaces: [kube-system], usernames: null }
`;
      expect(read(text)).toEqual({
        configuration: {
          defaults: {
            enforce: { level: 'baseline', version: 'latest' },
            audit: { level: 'privileged', version: 'latest' },
            warn: { level: 'privileged', version: 'latest' },
          },
          exemptions: { namespaces: ['kube-system'], usernames: [], runtimeClasses: [] },
        },
      });
    }
  });

  it('knows v1 since 1.25', () => {
    expect(read(HEAD, 24)).toHaveProperty('error');
    expect(read(HEAD, 25)).toHaveProperty('configuration');
  });

  it.each([
    ['an unknown field', `${HEAD}defaults: { enforceVersion: latest }`, 'unknown field "defaults.enforceVersion"'],
    ['a key twice', `${HEAD}defaults: {}\ndefaults: {}`, 'already set in map'],
    [
      'a wrong type',
      `${HEAD}exemptions: x`,
      'json: cannot unmarshal string into Go struct field PodSecurityConfiguration.exemptions of type v1.PodSecurityExemptions',
    ],
    ['another version', HEAD.replace('/v1', '/v2'), 'no kind "PodSecurityConfiguration" is registered for version'],
    ['no kind', HEAD.replace(/kind.*\n/, ''), "Object 'Kind' is missing in"],
    [
      'a default that is no level, before any exemption',
      `${HEAD}defaults: { enforce: none, audit-version: 1.25 }\nexemptions: { usernames: [""] }`.replace(
        '1.25',
        '"1.25"',
      ),
      'PodSecurity configuration error: [enforce: must be one of privileged, baseline, restricted, audit-version: must be "latest" or "v1.x"]',
    ],
    [
      'an exemption twice',
      `${HEAD}exemptions: { namespaces: [a, a] }`,
      'PodSecurity invalid: exemptions.namespaces[1]: Duplicate value: "a"',
    ],
    [
      'a user without a name',
      `${HEAD}exemptions: { usernames: [""] }`,
      'PodSecurity invalid: exemptions.usernames[0]: Invalid value: "": username must not be empty',
    ],
  ])('refuses %s', (_, text, error) => {
    const result = read(text);
    expect('error' in result ? result.error : '').toContain(error);
  });
});
