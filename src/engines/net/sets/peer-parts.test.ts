import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitSet } from '../../../lang/bit-set.ts';
import { PeerParts } from './peer-parts.ts';

const size = 200;

describe('parts of peers', () => {
  it('tell apart what some set tells apart, and no more, however many there are', () => {
    const sets = fc.array(fc.uniqueArray(fc.nat(size - 1), { minLength: 1, maxLength: 12 }), { maxLength: 120 });
    fc.assert(
      fc.property(sets, (all) => {
        const parts = new PeerParts<string>(BitSet.full(size));
        const notes = new Array<string>(size).fill('');
        for (const [index, members] of all.entries()) {
          const set = new BitSet(size);
          for (const number of members) {
            set.add(number);
            notes[number] = `${notes[number] ?? ''},${String(index)}`;
          }
          parts.note(set, (before = '') => `${before},${String(index)}`);
        }
        const found = parts.all().map(({ peers, note = '' }) => ({ members: [...peers], note }));
        expect(found.flatMap(({ members }) => members).sort((a, b) => a - b)).toEqual([...notes.keys()]);
        for (const { members, note } of found) expect(members.map((n) => notes[n])).toEqual(members.map(() => note));
        expect(found.length).toBe(new Set(notes).size);
      }),
    );
  });
});
