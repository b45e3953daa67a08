import { expect, it } from 'vitest';
import { consoleSteps, renderPage } from './console-page.ts';

const page = `# A page

\`\`\`console
$ k8sec one
old
output
$ k8sec two
\`\`\`

Text \`\`\`console inline.

\`\`\`yaml
$ not: a command
\`\`\`
`;

it('finds the commands of a page and their output', () => {
  expect(consoleSteps(page)).toEqual([
    { command: 'k8sec one', output: 'old\noutput\n' },
    { command: 'k8sec two', output: '' },
  ]);
});

it('replaces output and nothing else', async () => {
  const rendered = await renderPage(page, (command) => Promise.resolve(`${command} says  \n\n`));
  expect(rendered).toBe(
    page.replace('old\noutput\n', 'k8sec one says\n').replace('$ k8sec two\n', '$ k8sec two\nk8sec two says\n'),
  );
  expect(await renderPage(rendered, (command) => Promise.resolve(`${command} says`))).toBe(rendered);
});
