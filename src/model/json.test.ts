import { describe, expect, it } from 'vitest';
import { items, isObject, list, record, records, text, textFields, texts } from './json.ts';
import type { Json } from './object.ts';

const wrong: readonly (Json | undefined)[] = [undefined, null, true, 7, 'text', ['item'], { key: 'value' }];

describe('readers of JSON', () => {
  it('tell an object from a list and from null', () => {
    expect(wrong.map(isObject)).toEqual([false, false, false, false, false, false, true]);
  });

  it('read what has another type like what is absent', () => {
    expect(wrong.map(record)).toEqual([{}, {}, {}, {}, {}, {}, { key: 'value' }]);
    expect(wrong.map(list)).toEqual([[], [], [], [], [], ['item'], []]);
    expect(wrong.map(text)).toEqual(['', '', '', '', 'text', '', '']);
    expect(wrong.map(texts)).toEqual([[], [], [], [], [], ['item'], []]);
    expect(wrong.map(textFields)).toEqual([[], [], [], [], [], [], [['key', 'value']]]);
  });

  it('keep the index of items that are no objects, and leave out items that are no strings', () => {
    expect(records([{ a: 1 }, 'b'])).toEqual([{ a: 1 }, {}]);
    expect(items(['a', { b: 1 }])).toEqual([
      [0, {}],
      [1, { b: 1 }],
    ]);
    expect(texts(['a', 1, null, 'b'])).toEqual(['a', 'b']);
    expect(textFields({ a: 'x', b: 1 })).toEqual([['a', 'x']]);
  });
});
