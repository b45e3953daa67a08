import { describe, expect, it } from 'vitest';
import type { ManifestObject } from '../../model/object.ts';
import { analyze } from '../../ask/analyze.ts';
import type { AnyGround } from '../finding/ground.ts';
import { defineRule, type Facts } from '../rule.ts';

const described = { severity: 'warning', precision: 'proved', stage: 'stable', since: '0.1.0', tags: [] } as const;

const named = defineRule({
  ...described,
  id: 'example/named',
  summary: 'No object has a name',
  scope: 'object',
  needs: [],
  messages: { named: '{kind} `{name}` has a name' },
  find: (object) => [{ is: 'named', at: object, object }],
  say: { named: ({ object: { kind, name } }) => ({ kind, name }) },
});

const crashing = defineRule({
  ...described,
  id: 'example/crashing',
  summary: 'This rule works',
  scope: 'tree',
  needs: [],
  messages: { never: 'never said' },
  find(): readonly { readonly is: 'never'; readonly at: ManifestObject }[] {
    throw new Error('out of luck');
  },
  say: { never: () => ({}) },
});

const manifest = (name: string, lines = '') => `${lines}apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;
const file = (path: string, text: string) => ({ path, text });

describe('running rules', () => {
  it('sorts findings by file and offset, whatever the order of the files', () => {
    const files = [file('b.yaml', manifest('b')), file('a.yaml', `${manifest('a2')}---\n${manifest('a1')}`)];
    const places = (input: typeof files) =>
      analyze({ files: input, rules: [named] }).findings.map(({ file: { path }, message }) => `${path} ${message}`);
    const expected = [
      'a.yaml ConfigMap `a2` has a name',
      'a.yaml ConfigMap `a1` has a name',
      'b.yaml ConfigMap `b` has a name',
    ];
    expect(places(files)).toEqual(expected);
    expect(places(files.toReversed())).toEqual(expected);
  });

  it('goes on after a rule that throws, and says so in a finding and in the result', () => {
    const { findings, crashes } = analyze({ files: [file('a.yaml', manifest('a'))], rules: [crashing, named] });
    expect(crashes).toMatchObject([{ rule: 'example/crashing', subject: '', error: { message: 'out of luck' } }]);
    expect(findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual([
      'error internal/rule-crashed',
      'warning example/named',
    ]);
  });

  it('loses one subject of a rule that throws for it, and names it', () => {
    const picky = defineRule({
      ...described,
      id: 'example/picky',
      summary: 'No object is named b',
      scope: 'object',
      needs: [],
      messages: { named: 'has a name' },
      *find(object) {
        if (object.name.startsWith('b')) throw new Error('out of luck');
        yield { is: 'named', at: object };
      },
      say: { named: () => ({}) },
    });
    const files = ['a', 'b', 'c', 'bb'].map((name) => file(`${name}.yaml`, manifest(name)));
    const { findings, crashes } = analyze({ files, rules: [picky] });
    expect(crashes).toMatchObject([{ rule: 'example/picky', subject: 'ConfigMap b', count: 2 }]);
    expect(findings.map(({ file: { path }, message }) => `${path} ${message}`)).toEqual([
      'a.yaml has a name',
      'b.yaml rule `example/picky` crashed on ConfigMap b: out of luck',
      'c.yaml has a name',
    ]);
  });

  it('gives a rule the facts that it needs, and no other', () => {
    const asking = (needs: readonly ['cluster'] | readonly []) =>
      defineRule({
        ...described,
        id: 'example/asking',
        summary: 'The cluster has no objects',
        scope: 'object',
        needs,
        messages: { seen: 'seen' },
        // A rule in JavaScript is not held by types.
        find: (at, { facts }: { readonly facts: Partial<Facts> }) =>
          facts.cluster === undefined ? [] : [{ is: 'seen', at }],
        say: { seen: () => ({}) },
      });
    const files = [file('a.yaml', manifest('a'))];
    expect(analyze({ files, rules: [asking(['cluster'])] }).findings).toHaveLength(1);
    expect(analyze({ files, rules: [asking([])] }).crashes).toMatchObject([
      { error: { message: "it asks for the fact `cluster` without `needs: ['cluster']`" } },
    ]);
  });

  it('tells where a built-in analysis stopped at a limit', () => {
    const ports = Array.from({ length: 301 }, (_, index) => `    - ports: [{port: ${String(index + 1)}}]\n`).join('');
    const policy = `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: many, namespace: shop}\nspec:\n  podSelector: {}\n  ingress:\n${ports}`;
    expect(analyze({ files: [file('policy.yaml', policy)] }).notices).toEqual([
      { rule: 'net/rule-redundant', cluster: '', reason: 'more than 300 rules in one policy', count: 1 },
    ]);
  });

  it('counts where an analysis gave up', () => {
    const tired = defineRule({
      ...described,
      id: 'example/tired',
      summary: 'Everything is looked at',
      scope: 'object',
      needs: [],
      messages: {},
      find: (_object, { gaveUp }) => {
        gaveUp('more than 0 objects');
        return [];
      },
      say: {},
    });
    const files = [file('a.yaml', manifest('a')), file('b.yaml', manifest('b'))];
    expect(analyze({ files, rules: [tired] }).notices).toEqual([
      { rule: 'example/tired', cluster: '', reason: 'more than 0 objects', count: 2 },
    ]);
  });

  it('identifies a finding by its object, not by its line, its file or its neighbours', () => {
    const idOf = (path: string, text: string) => {
      const { findings } = analyze({ files: [file(path, text)], rules: [named] });
      return findings.find(({ message }) => message.includes('`a`'))?.id;
    };
    const id = idOf('a.yaml', manifest('a'));
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    expect(idOf('a.yaml', manifest('a', '# moved\n\n'))).toBe(id);
    expect(idOf('elsewhere/b.yaml', manifest('a'))).toBe(id);
    expect(idOf('a.yaml', `${manifest('b')}---\n${manifest('a')}`)).toBe(id);
    expect(id).not.toBe(idOf('a.yaml', manifest('a').replace('ConfigMap', 'Secret')));
  });

  it('tells findings of one identity apart, and keeps their ids when another file comes first', () => {
    const twins = [file('b.yaml', manifest('a')), file('c.yaml', manifest('a'))];
    const { findings } = analyze({ files: twins, rules: [named] });
    expect(new Set(findings.map(({ id }) => id)).size).toBe(2);
  });

  it('sets severities and options as configured, and leaves out rules that are off', () => {
    const files = [file('a.yaml', manifest('a'))];
    const loud = analyze({ files, rules: [named], config: { rules: { 'example/named': 'error' } } });
    expect(loud.findings.map(({ severity }) => severity)).toEqual(['error']);
    const off = analyze({ files, rules: [named], config: { rules: { 'example/named': ['off'] } } });
    expect(off.findings).toEqual([]);
  });

  describe('levels', () => {
    const doubtful = defineRule({
      ...described,
      severity: 'error',
      id: 'example/doubtful',
      summary: 'No object has a name',
      scope: 'object',
      needs: [],
      messages: { named: 'has a name', mild: { level: 'warning', text: 'has a short name' } },
      find: (at) => [at.name.length === 1 ? { is: 'mild', at } : { is: 'named', at }],
      say: { named: () => ({ hint: 'remove it' }), mild: () => ({}) },
    });
    // One that Kustomize does not read, so that its sources are judged as they stand.
    const kustomization = (patches: string) =>
      file('kustomization.yaml', `kind: Kustomization\nunknown: field\nresources: [a.yaml, bb.yaml]\n${patches}`);
    const manifests = [file('a.yaml', manifest('a')), file('bb.yaml', manifest('bb'))];
    const patch = 'patches:\n  - target: {kind: ConfigMap, name: bb}\n    path: patch.yaml\n';
    const levels = (files: typeof manifests, level?: 'error' | 'info') => {
      const config = level === undefined ? {} : { rules: { 'example/doubtful': level } };
      return analyze({ files, rules: [doubtful], config }).findings.map(({ severity, softened }) => [
        severity,
        softened,
      ]);
    };

    it('a message has the level of its rule, or one of its own', () => {
      expect(levels(manifests)).toEqual([
        ['warning', undefined],
        ['error', undefined],
      ]);
    });

    it('what an overlay patches is told for information, and why', () => {
      expect(levels([kustomization(patch), ...manifests])).toEqual([
        ['warning', undefined],
        ['info', { from: 'error', because: 'a kustomization patches this manifest first' }],
      ]);
    });

    it('a patch without a target that can be read may be for everything', () => {
      const all = levels([kustomization('patches:\n  - path: patch.yaml\n'), ...manifests]);
      expect(all.map(([severity]) => severity)).toEqual(['info', 'info']);
    });

    it('what the configuration sets is neither lowered by a message nor by doubt', () => {
      for (const level of ['error', 'info'] as const) {
        expect(levels([kustomization(patch), ...manifests], level)).toEqual([
          [level, undefined],
          [level, undefined],
        ]);
      }
    });

    it('the hint tells what would settle the doubt', () => {
      const { findings } = analyze({ files: [kustomization(patch), ...manifests], rules: [doubtful] });
      expect(findings.map(({ hint }) => hint)).toEqual([
        undefined,
        'remove it; a kustomization patches this manifest first: lint the output of `kustomize build`',
      ]);
    });

    const about = (restsOn: readonly AnyGround[]) =>
      defineRule({
        ...described,
        severity: 'error',
        id: 'example/about',
        summary: 'No ConfigMap has a name',
        restsOn,
        scope: 'object',
        needs: [],
        messages: { named: 'has a name' },
        find: (at) => (at.kind === 'ConfigMap' ? [{ is: 'named', at }] : []),
        say: { named: () => ({}) },
      });

    it('of several doubts the one that lowers it most is told, whichever comes first', () => {
      for (const restsOn of [['nodes', 'field'] as const, ['field', 'nodes'] as const]) {
        const { findings } = analyze({ files: [kustomization(patch), ...manifests], rules: [about(restsOn)] });
        expect(findings.map(({ severity, hint }) => `${severity} ${hint ?? ''}`)).toEqual([
          'warning these manifests may be a part of a cluster: set `complete: true` in the settings if every node and object is linted',
          'info a kustomization patches this manifest first: lint the output of `kustomize build`',
        ]);
      }
    });

    it('what is missing may be written elsewhere, unless its directory has such objects of the namespace', () => {
      const missing = about([{ on: 'absence', namespace: 'shop', kind: 'Secret' }]);
      const secret = (namespace: string) =>
        file('secret.yaml', `apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: ${namespace}}\n`);
      const severities = (namespace: string) =>
        analyze({ files: [file('a.yaml', manifest('a')), secret(namespace)], rules: [missing] }).findings.map(
          ({ severity }) => severity,
        );
      expect(severities('shop')).toEqual(['error']);
      expect(severities('other')).toEqual(['info']);
    });
  });
});
