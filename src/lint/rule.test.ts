import { describe, expect, expectTypeOf, it } from 'vitest';
import { defineRule } from './rule.ts';

const described = {
  summary: 'An example',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: [],
} as const;

describe('defineRule', () => {
  it('types what is said from what is found', () => {
    const rule = defineRule({
      ...described,
      id: 'example/found',
      scope: 'pod',
      needs: ['cluster'],
      messages: { many: '{pod} has {count}', mild: { level: 'info', text: '{pod} has few' } },
      *find(pod, { facts }) {
        expectTypeOf(facts).not.toHaveProperty('net');
        const count = facts.cluster.imagesOf(pod).length;
        if (count > 1) yield { is: 'many', at: pod.owner, count };
        else yield { is: 'mild', at: pod.owner };
      },
      say: {
        many: ({ count }) => {
          expectTypeOf(count).toEqualTypeOf<number>();
          return { pod: 'it', count, hint: 'use fewer' };
        },
        mild: () => ({ pod: 'it' }),
      },
    });
    expect(rule.scope).toBe('pod');
    defineRule({
      ...described,
      id: 'example/unknown-key',
      scope: 'object',
      needs: [],
      messages: { seen: '{kind} seen' },
      // @ts-expect-error: there is no such message
      find: (at) => [{ is: 'other', at }],
      // @ts-expect-error: `kind` is missing
      say: { seen: () => ({}) },
    });
  });

  it('types facts, options and placeholders from the literal', () => {
    const rule = defineRule({
      ...described,
      id: 'example/typed',
      scope: 'object',
      needs: ['problems'],
      options: { names: { type: 'strings', default: ['a'], description: 'names' } },
      messages: { plain: 'nothing to fill', filled: '{kind} `{name}` is odd' },
      find(object, context) {
        const names: readonly string[] = context.options.names;
        const { problems } = context.facts;
        expectTypeOf(context.facts).not.toHaveProperty('cluster');
        expectTypeOf(context.options).not.toHaveProperty('others');
        expect(problems.of('parse')).toHaveLength(0);
        return [{ is: 'filled', at: object, names } as const, { is: 'plain', at: object } as const];
      },
      say: { plain: () => ({}), filled: ({ names }) => ({ kind: 'Pod', name: names.join() }) },
    });
    expect(rule.scope).toBe('object');
    expect(rule.options).toHaveProperty('names');
  });

  it('gives a rule without options an empty set of them', () => {
    const rule = defineRule({
      ...described,
      id: 'example/bare',
      scope: 'document',
      needs: [],
      messages: { seen: 'seen' },
      find: (document) => [{ is: 'seen', at: { file: document.file, span: { start: 0, end: 0 } } }],
      say: { seen: () => ({}) },
    });
    expect(rule.options).toEqual({});
  });
});
