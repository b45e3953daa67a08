import { describe, expect, it, vi } from 'vitest';
import { memo } from './memo.ts';

describe('memo', () => {
  it('asks a question about a subject once', () => {
    const question = vi.fn((subject: { readonly name: string }) => subject.name.length);
    const subject = { name: 'four' };
    expect([memo(subject, question), memo(subject, question)]).toEqual([4, 4]);
    expect(question).toHaveBeenCalledTimes(1);
  });

  it('asks again about another subject, with another key, and another question', () => {
    const question = vi.fn((subject: { readonly name: string }, key: string) => `${subject.name} ${key}`);
    const other = (subject: { readonly name: string }, key: string): string => `${key} ${subject.name}`;
    const [web, db] = [{ name: 'web' }, { name: 'db' }];
    expect([memo(web, question, 'a'), memo(web, question, 'b'), memo(db, question, 'a')]).toEqual([
      'web a',
      'web b',
      'db a',
    ]);
    expect(question).toHaveBeenCalledTimes(3);
    expect(memo(web, other, 'a')).toBe('a web');
  });

  it('keeps an answer that is undefined', () => {
    const question = vi.fn(() => undefined);
    const subject = {};
    memo(subject, question);
    memo(subject, question);
    expect(question).toHaveBeenCalledTimes(1);
  });
});
