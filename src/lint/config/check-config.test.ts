import { describe, expect, it } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { readDocuments } from '../../text/read.ts';
import { plainJson } from '../../model/object-value.ts';
import { checkConfig } from './check-config.ts';
import { configSchema } from './config-schema.ts';

/** The faults of a YAML configuration, as `line:column message | hint`. */
function faultsOf(text: string): string[] {
  const file = { path: '.k8sec.yaml', text };
  const root = readDocuments(file).documents[0]?.root;
  if (root === undefined) throw new Error('not YAML');
  return checkConfig(plainJson(root), rules, { file, root }).faults.map(({ message, hint, span }) => {
    const before = text.slice(0, span?.start).split('\n');
    const place = `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
    return `${place} ${message}${hint === undefined ? '' : ` | ${hint}`}`;
  });
}

describe('a configuration', () => {
  it('that has no fault is handed on as it is', () => {
    const config = {
      rules: { 'psp/mutation': 'off', 'psp/namespace-gap': ['error', { ignoreNamespaces: ['build'] }] },
      settings: { kubernetesVersion: '1.24', creator: { name: 'alice', groups: ['dev'] } },
      clusters: { prod: { files: ['prod/**'], context: ['shared/**'] } },
      ignore: ['vendor/**'],
    };
    expect(checkConfig(config, rules)).toEqual({ config, faults: [] });
  });

  it('may write off without quotes, which YAML 1.1 reads as false', () => {
    const { config } = checkConfig({ rules: { 'psp/mutation': false, 'psp/subsumed': [false] } }, rules);
    expect(config?.rules).toEqual({ 'psp/mutation': 'off', 'psp/subsumed': ['off'] });
  });

  it('that is empty configures nothing', () => {
    expect(checkConfig(null, rules)).toEqual({ config: {}, faults: [] });
  });

  it.each([
    [
      'an unknown rule',
      'rules:\n  psp/order-hasard: off\n',
      '2:3 unknown rule `psp/order-hasard` | did you mean `psp/order-hazard`?',
    ],
    [
      'an unknown setting',
      'settings:\n  kubernetesversion: "1.24"\n',
      '2:3 unknown setting `settings.kubernetesversion` | did you mean `kubernetesVersion`?',
    ],
    ['an unknown key', 'rule: {}\n', '1:1 unknown setting `rule` | did you mean `rules`?'],
    [
      'a misspelt level',
      'rules:\n  psp/mutation: warn\n',
      '2:17 `rules.psp/mutation` must be `off`, `info`, `warning` or `error`, or a list of one of them and options, not `warn` | did you mean `warning`?',
    ],
    [
      'an option of the wrong type',
      'rules:\n  psp/namespace-gap: [error, {ignoreNamespaces: build}]\n',
      '2:49 `rules.psp/namespace-gap[1].ignoreNamespaces` must be a list, not a string',
    ],
    [
      'an unknown option',
      'rules:\n  psp/namespace-gap: [error, {ignoreNamespace: [build]}]\n',
      '2:31 unknown setting `rules.psp/namespace-gap[1].ignoreNamespace` | did you mean `ignoreNamespaces`?',
    ],
    [
      'an option of a rule that has none',
      'rules:\n  psp/pod-forbidden: [error, {ignoreNamespaces: [build]}]\n',
      '2:31 unknown setting `rules.psp/pod-forbidden[1].ignoreNamespaces` | `psp/pod-forbidden` has no options',
    ],
    [
      'a version that is a number',
      'settings:\n  kubernetesVersion: 1.24\n',
      '2:22 `settings.kubernetesVersion` must be a string, not a number | put it in quotes',
    ],
    [
      'a version that is none',
      'settings:\n  kubernetesVersion: latest\n',
      '2:22 `settings.kubernetesVersion` is `latest`, which is not a version of Kubernetes that k8sec knows | write it as `1.24`; known are 1.11 to 1.37',
    ],
    ['a cluster without files', 'clusters:\n  prod: {}\n', '2:9 `clusters.prod` lacks `files`'],
    ['a list in place of a map', '- rules\n', '1:1 the configuration must be a map, not a list'],
  ])('is refused for %s, at its place', (_, text, expected) => {
    expect(faultsOf(text)).toEqual([expected]);
  });

  it('says all its faults at once', () => {
    expect(faultsOf('rules:\n  a/b: off\nignore: x\n')).toHaveLength(2);
  });

  it('is held to a schema that knows every rule', () => {
    expect(configSchema(rules)).toHaveProperty(['properties', 'rules', 'properties', 'psp/pod-forbidden']);
  });
});
