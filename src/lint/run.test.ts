import { describe, expect, it } from 'vitest';
import { analyze } from '../analyze.ts';
import { defineRule } from './rule.ts';

const described = { severity: 'warning', precision: 'proved', stage: 'stable', since: '0.1.0', tags: [] } as const;

const named = defineRule({
  ...described,
  id: 'example/named',
  summary: 'No object has a name',
  scope: 'object',
  needs: [],
  messages: { named: '{kind} `{name}` has a name' },
  check({ kind, name, ...object }, { report }) {
    report({ kind, name, ...object }, 'named', { kind, name });
  },
});

const crashing = defineRule({
  ...described,
  id: 'example/crashing',
  summary: 'This rule works',
  scope: 'tree',
  needs: [],
  messages: {},
  check() {
    throw new Error('out of luck');
  },
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
    expect(crashes).toMatchObject([{ rule: 'example/crashing', error: { message: 'out of luck' } }]);
    expect(findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual([
      'error internal/rule-crashed',
      'warning example/named',
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
});
