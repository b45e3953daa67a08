import { describe, expect, it } from 'vitest';
import { objectsOf } from '../../model/objects.ts';
import { readDocuments } from '../../text/read.ts';
import { kustomizeUse } from './kustomize.ts';

/** Whether the target of a patch in a kustomization that is not rendered is for a Deployment of this name. */
function isPatched(target: string, name: string): boolean {
  const patch = `- target: { kind: Deployment, name: ${JSON.stringify(target)} }\n  path: patch.json\n`;
  const documents = [
    { path: 'kustomization.yaml', text: `kind: Kustomization\nresources: [web.yaml]\npatches:\n${patch}` },
    { path: 'web.yaml', text: `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\n` },
  ].flatMap((file) => readDocuments(file).documents);
  const open = new Set(documents.filter(({ file }) => file.path === 'kustomization.yaml'));
  const web = objectsOf(documents).objects.find(({ kind }) => kind === 'Deployment');
  if (web === undefined) throw new Error('no Deployment');
  return kustomizeUse(documents, open).isPatched(web);
}

describe('the target of a patch that is not rendered', () => {
  it.each([
    ['web|api', 'web', true],
    ['we', 'web', false],
    ['prod-web', 'web', true],
    ['(web', 'api', true],
  ])('%s is for %s: %o', (target, name, expected) => {
    expect(isPatched(target, name)).toBe(expected);
  });

  it('costs no more for an expression that backtracking would take ages for', () => {
    expect(isPatched('(a+)+c', `${'a'.repeat(60)}b`)).toBe(false);
  });
});
