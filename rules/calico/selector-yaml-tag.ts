import { defineCheckRule } from '../../src/lint/rule.ts';

/** An unquoted selector that begins with an exclamation mark, which YAML reads as a tag; from the text room. */
export const rule = defineCheckRule({
  id: 'calico/selector-yaml-tag',
  summary: 'No selector is swallowed by a YAML tag',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'tree',
  needs: ['problems', 'calico'],
  messages: {
    swallowed: 'the selector `{tag}` is read as a YAML tag and dropped: what is left {meaning}',
  },
  check(_cluster, { facts: { problems, calico }, report }) {
    for (const { place, file } of problems.of('tag-ignored')) {
      if (!('span' in place) || place.object === undefined || place.path === undefined) continue;
      const { object, path, span } = place;
      const field = calico.selectorsOf(object).find((each) => each.path.join() === path.join());
      const isSelector = /[sS]elector$/.test(String(path.at(-1)));
      if (!calico.isCalico(object) || !isSelector) continue;
      const text = field?.text ?? '';
      const meaning = text === '' ? 'is the empty selector, which selects everything' : `is \`${text}\``;
      const tag = file.text.slice(span.start, span.end);
      const hint = `put the whole selector in quotes: \`'${tag}${text === '' ? '' : ` ${text}`}'\``;
      report(place, 'swallowed', { tag, meaning }, { hint });
    }
  },
});
