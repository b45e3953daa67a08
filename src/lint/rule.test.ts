import { describe, expect, expectTypeOf, it } from 'vitest';
import { defineCheckRule, defineRule } from './rule.ts';

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
    const rule = defineCheckRule({
      ...described,
      id: 'example/typed',
      scope: 'object',
      needs: ['problems'],
      options: { names: { type: 'strings', default: ['a'], description: 'names' } },
      messages: { plain: 'nothing to fill', filled: '{kind} `{name}` is odd' },
      check(object, context) {
        const names: readonly string[] = context.options.names;
        const { problems } = context.facts;
        context.report(object, 'plain', {});
        context.report(object, 'filled', { kind: 'Pod', name: names.join() });
        // @ts-expect-error: `name` is missing
        context.report(object, 'filled', { kind: 'Pod' });
        // @ts-expect-error: there is no such message
        context.report(object, 'other', {});
        expectTypeOf(context.facts).not.toHaveProperty('cluster');
        expectTypeOf(context.options).not.toHaveProperty('others');
        expect(problems.of('parse')).toHaveLength(0);
      },
    });
    expect(rule.scope).toBe('object');
    expect(rule.options).toHaveProperty('names');
  });

  it('gives a rule without options an empty set of them', () => {
    const rule = defineCheckRule({
      ...described,
      id: 'example/bare',
      scope: 'tree',
      needs: [],
      messages: { seen: 'seen {n}' },
      check(cluster, context) {
        // @ts-expect-error: `n` is missing
        context.report({ file: { path: cluster.name, text: '' }, span: { start: 0, end: 0 } }, 'seen', {});
      },
    });
    expect(rule.options).toEqual({});
  });
});
