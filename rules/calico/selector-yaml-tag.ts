import { defineRule } from '../../src/lint/rule.ts';

/** An unquoted selector that begins with an exclamation mark, which YAML reads as a tag; from the text room. */
export const rule = defineRule({
  id: 'calico/selector-yaml-tag',
  summary: 'No selector starts with a YAML tag',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: [],
  scope: 'tree',
  needs: ['problems', 'calico'],
  messages: {
    swallowed: 'YAML reads `{tag}` as a tag and drops it: the selector that is left {meaning}',
  },
  // Over the tree, where the problems of texts are.
  *find(_cluster, { facts: { problems, calico } }) {
    for (const { place, file } of problems.of('tag-ignored')) {
      if (!('span' in place) || place.object === undefined || place.path === undefined) continue;
      const { object, path, span } = place;
      if (!calico.isCalico(object) || !/[sS]elector$/.test(String(path.at(-1)))) continue;
      const field = calico.selectorsOf(object).find((each) => each.path.join() === path.join());
      yield { is: 'swallowed', at: place, tag: file.text.slice(span.start, span.end), rest: field?.text ?? '' };
    }
  },
  say: {
    swallowed: ({ tag, rest }) => ({
      tag,
      meaning: rest === '' ? 'is empty and selects everything' : `is \`${rest}\``,
      hint: `put the whole selector in quotes: \`'${tag}${rest === '' ? '' : ` ${rest}`}'\``,
    }),
  },
});
