import { expect, test } from 'vitest';
import { analyze } from '../ask/analyze.ts';
import { describeBroken } from './describe-broken.ts';

async function messages(text: string): Promise<string[]> {
  const { findings } = await describeBroken(analyze({ files: [{ path: 'a.yaml', text }] }));
  return findings.map(({ message }) => message);
}

test('a document that cannot be read is named by what it was going to be', async () => {
  const broken = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n\treplicas: 1\n';
  const found = await messages(`apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n---\n${broken}`);
  expect(found).toEqual([expect.stringMatching(/^yaml: .* \(in what would be Deployment `web`\)$/)]);
});

test('a document of which nothing can be told keeps its message', async () => {
  const found = await messages('kind: {}\na: [\n');
  expect(found).toHaveLength(1);
  expect(found[0]).not.toContain('in what would be');
});
