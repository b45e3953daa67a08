import { describe, expect, it } from 'vitest';
import { expectations } from './expectations.ts';
import { parsePage } from './page.ts';
import { withSnapshots } from './snapshot.ts';

const fence = '```';

describe('a page', () => {
  it('makes a tree of every block without a title, and one tree of titled blocks in a row', () => {
    const { examples } = parsePage(
      `# a/b\n\nIt.\n\n## Avoid\n\n${fence}yaml\na: 1\n${fence}\n\n${fence}yaml title="x.yaml"\nx: 1\n${fence}\n${fence}yaml title="y.yaml"\ny: 1\n${fence}\n\n## Prefer\n\n${fence}yaml title="z.yaml"\nz: 1\n${fence}\n`,
    );
    expect(examples.map(({ heading, files }) => [heading, ...files.map(({ path }) => path)])).toEqual([
      ['Avoid', 'example.yaml'],
      ['Avoid', 'x.yaml', 'y.yaml'],
      ['Prefer', 'z.yaml'],
    ]);
  });

  it('gives a configuration to the next tree only', () => {
    const { examples } = parsePage(
      `${fence}yaml config\nrules: {}\n${fence}\n${fence}yaml\na: 1\n${fence}\n${fence}yaml\nb: 1\n${fence}\n`,
    );
    expect(examples.map(({ config }) => config)).toEqual(['rules: {}\n', undefined]);
  });

  it('asserts findings by trailing comments, several on one line', () => {
    const text = 'a: 1\nb: 2 # error: [x/y], info: [x/z/key] "a, b"\nc: "# not one"\n';
    expect(expectations({ path: 'f.yaml', text })).toEqual([
      { path: 'f.yaml', line: 2, severity: 'error', rule: 'x/y', key: '', text: '' },
      { path: 'f.yaml', line: 2, severity: 'info', rule: 'x/z', key: 'key', text: 'a, b' },
    ]);
  });

  it('shows the findings of each tree after its last block, and takes them away again', () => {
    const bare = `${fence}yaml config\nrules: {}\n${fence}\n\n${fence}yaml\na: 1\n${fence}\n\nAnd:\n\n${fence}yaml\nb: 1\n${fence}\n`;
    const shown = `${fence}yaml config\nrules: {}\n${fence}\n\n${fence}yaml\na: 1\n${fence}\n\n${fence}snapshot\nA\n${fence}\n\nAnd:\n\n${fence}yaml\nb: 1\n${fence}\n`;
    expect(withSnapshots(bare, parsePage(bare).examples, ['A\n', ''])).toBe(shown);
    expect(parsePage(shown).examples.map(({ snapshot }) => snapshot)).toEqual(['A\n', '']);
    expect(withSnapshots(shown, parsePage(shown).examples, ['', ''])).toBe(bare);
  });

  it('shows a preview rule as it is shipped where a configuration says so', () => {
    const { examples } = parsePage(
      `${fence}yaml config as-shipped\nrules: {}\n${fence}\n${fence}yaml\na: 1\n${fence}\n`,
    );
    expect(examples.map(({ asShipped }) => asShipped)).toEqual([true]);
  });
});
