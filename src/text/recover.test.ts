import { expect, test } from 'vitest';
import { readDocuments } from './read.ts';
import { recoverDocument, type Recovered } from './recover.ts';

function recover(text: string): Recovered {
  const document = readDocuments({ path: 'x', text }).documents.at(-1);
  if (document === undefined) throw new Error('no document');
  expect(document.root).toBeUndefined();
  return recoverDocument(document);
}

test('a broken object still tells what it is, and where it is broken', () => {
  const text = 'a: 1\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\nspec: [\n';
  const { apiVersion, kind, name, namespace, errors } = recover(text);
  expect({ apiVersion, kind, name, namespace }).toEqual({
    apiVersion: 'v1',
    kind: 'Pod',
    name: 'web',
    namespace: 'shop',
  });
  expect(errors.length).toBeGreaterThan(0);
  for (const { start, end } of errors) {
    expect(start).toBeGreaterThanOrEqual(9);
    expect(end).toBeLessThanOrEqual(text.length);
  }
});

test('what is beyond recovery is no error', () => {
  expect(recover('['.repeat(20_000)).kind).toBe('');
  expect(recover('@').kind).toBe('');
});
