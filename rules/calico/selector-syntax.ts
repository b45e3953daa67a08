import { defineCheckRule } from '../../src/lint/rule.ts';

/** What people write who know other languages of selectors. */
function hintFor(text: string): string {
  if (/[^=!]=[^=]/.test(text)) return 'compare with `==`, as in `app == "web"`';
  if (/==\s*[^'"\s]/.test(text)) return 'put the value in quotes, as in `app == "web"`';
  return 'see the selector reference of Calico: `app == "web"`, `app in {"a", "b"}`, `has(app)`, joined by `&&` and `||`';
}

/** A selector that Calico cannot parse, in Calico's words. Mirrors libcalico-go/lib/selector/parser, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/selector-syntax',
  summary: 'Every selector can be read',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'object',
  needs: ['calico'],
  messages: {
    unreadable: '`{text}` is no selector: {message} (at {place})',
  },
  check(object, { facts: { calico }, report }) {
    for (const { path, text } of calico.selectorsOf(object)) {
      const parsed = calico.parse(text);
      if (!('message' in parsed)) continue;
      const rest = text.slice(parsed.start, parsed.start + 20);
      const place = rest === '' ? 'its end' : `\`${rest}\``;
      const shown = text.length > 80 ? `${text.slice(0, 77)}...` : text;
      report({ object, path }, 'unreadable', { text: shown, message: parsed.message, place }, { hint: hintFor(text) });
    }
  },
});
