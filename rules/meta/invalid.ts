import { type AnyGround, consequenceOf, defineRule } from '../../src/lint/rule.ts';

/** An object that the validation of the API server refuses, in its words: as a new one, or as a change of the manifest before it. */
export const rule = defineRule({
  id: 'meta/invalid',
  summary: 'The API server of the target version accepts every object',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['meta'],
  restsOn: ['field', 'placement'],
  scope: 'object',
  needs: ['problems'],
  messages: {
    refused: '{message}',
    unchangeable: '{message}',
    // Alternatives are usually in separate files.
    otherFile: { level: 'info', text: '{message}' },
  },
  *find(object, { facts: { problems } }) {
    const refusal = problems.refusal(object);
    const first = refusal?.causes[0];
    if (refusal === undefined || first === undefined) return;
    const { message, before } = refusal;
    const at = { object, path: first.path };
    const restsOn: readonly AnyGround[] = [
      ...(first.path.at(-1) === 'namespace' ? (['namespace-as-built'] as const) : []),
      ...(TEMPLATE_NAME.test(object.document.file.path) ? [filledIn] : []),
    ];
    if (refusal.why === 'invalid') yield { is: 'refused', at, restsOn, object, message };
    if (refusal.why !== 'unchangeable' || before === undefined) return;
    const related = [{ object: before, path: ['metadata', 'name'], sentence: 'stays in place' }];
    if (before.document.file === object.document.file) yield { is: 'unchangeable', at, because: related, message };
    else yield { is: 'otherFile', at, because: related, message };
  },
  say: {
    refused: ({ object, message }) => ({
      message,
      hint: `correct the field; until then, ${consequenceOf(object)}`,
    }),
    unchangeable: ({ message }) => ({ message, hint: 'keep one of the two manifests' }),
    otherFile: ({ message }) => ({
      message,
      hint: 'keep one of the two manifests, or list the files under `clusters` if they belong to different clusters',
    }),
  },
});

/** What people call a file that they fill in before they apply it. */
const TEMPLATE_NAME = /(?:^|[-_./])(?:template|tmpl|tpl)\.(?:ya?ml|json)$/;

const filledIn: AnyGround = {
  assumes: { sentence: 'the file is called a template', decide: 'fill it in first' },
  level: 'info',
};
