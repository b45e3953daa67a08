import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FLOORS, ROOMS } from './floors.mjs';

const root = join(import.meta.dirname, '../..');

/** A folder with more files than this hides a concept. */
const MOST = 25;

const isSource = (name: string) => name.endsWith('.ts') && !/\.(?:test|fixture)\.ts$/.test(name);

function folders(path: string): string[] {
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => [`${path}/${name}`, ...folders(`${path}/${name}`)]);
}

describe('the folders of the house', () => {
  it('are few files each', () => {
    // Generated tables are not read by people.
    const full = ['src', ...folders('src')]
      .filter((path) => !path.endsWith('/data'))
      .map((path) => [path, readdirSync(join(root, path)).filter(isSource).length] as const)
      .filter(([, count]) => count > MOST);
    expect(full).toEqual([]);
  });

  it('have a place in the order of rooms', () => {
    const named = new Set<string>(ROOMS.map(([name]) => name));
    const unnamed = readdirSync(join(root, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !named.has(entry.name))
      .map(({ name }) => name);
    expect(unnamed).toEqual([]);
  });

  it.each(Object.entries(FLOORS))('of %s are all among its floors', (base, floors) => {
    const named = new Set(floors.map(([name]) => name));
    const unnamed = readdirSync(join(root, base), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !named.has(entry.name))
      .map(({ name }) => name);
    expect(unnamed).toEqual([]);
  });
});
