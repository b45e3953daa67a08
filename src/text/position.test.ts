import { expect, test } from 'vitest';
import { lineColumn, sourceAt } from './position.ts';
import type { SourceFile } from './source.ts';

const first: SourceFile = { path: 'a.yaml', text: 'a: 1\n' };
const second: SourceFile = { path: 'b.yaml', text: 'x: 1\ny: 2\n' };
const whole: SourceFile = {
  path: 'kustomization.yaml',
  text: `${first.text}\n${second.text}\n`,
  parts: [
    { start: 0, file: first },
    { start: 6, file: second },
  ],
};

test('a place in a text that was put together is one in a file', () => {
  expect(sourceAt(whole, { start: 14, end: 15 })).toEqual({ file: second, span: { start: 8, end: 9 } });
  expect(lineColumn(whole, 14)).toEqual({ line: 2, column: 4 });
  expect(sourceAt(whole, { start: 3, end: 4 })).toEqual({ file: first, span: { start: 3, end: 4 } });
  expect(sourceAt(first, { start: 3, end: 4 })).toEqual({ file: first, span: { start: 3, end: 4 } });
});
