import { calicoKinds, defineRule } from '../../src/lint/rule.ts';

/** A selector that Calico cannot parse, in Calico's words. Mirrors libcalico-go/lib/selector/parser, v3.32. */
export const rule = defineRule({
  id: 'calico/selector-syntax',
  summary: 'Every selector is valid',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'object',
  kinds: calicoKinds('*'),
  needs: ['calico'],
  messages: {
    unreadable: 'invalid selector `{text}`: {message} (at {place})',
  },
  *find(object, { facts: { calico } }) {
    for (const { path, text } of calico.selectorsOf(object)) {
      const fault = calico.parse(text);
      if ('message' in fault) yield { is: 'unreadable', at: { object, path }, text, fault };
    }
  },
  say: {
    unreadable: ({ text, fault: { message, start } }) => {
      const rest = text.slice(start, start + 20);
      return {
        text: text.length > 80 ? `${text.slice(0, 77)}...` : text,
        message,
        place: rest === '' ? 'its end' : `\`${rest}\``,
        hint: hintFor(text),
      };
    },
  },
});

/** What users write who know other selector languages. */
function hintFor(text: string): string {
  if (/[^=!]=[^=]/.test(text)) return 'compare with `==`, as in `app == "web"`';
  if (/==\s*[^'"\s]/.test(text)) return 'put the value in quotes, as in `app == "web"`';
  return 'use the selector syntax of Calico: `app == "web"`, `app in {"a", "b"}`, `has(app)`, joined by `&&` and `||`';
}
