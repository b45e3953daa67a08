/** A command of a page and what it prints. */
export interface ConsoleStep {
  readonly command: string;
  readonly output: string;
}

/** Runs one command line and answers everything it prints, both streams as they come. */
export type RunCommand = (command: string) => Promise<string>;

const block = /^```console\n([\s\S]*?)^```$/gm;

/** The steps of all `console` blocks of a Markdown page, in order: lines that begin with `$ `, and what stands below each. */
export function consoleSteps(page: string): ConsoleStep[] {
  return [...page.matchAll(block)].flatMap(([, body = '']) => stepsOf(body));
}

/** The page with the output below each command replaced by what the command prints now; nothing else changes. */
export async function renderPage(page: string, run: RunCommand): Promise<string> {
  let rendered = '';
  let from = 0;
  for (const match of page.matchAll(block)) {
    rendered += `${page.slice(from, match.index)}\`\`\`console\n`;
    for (const { command } of stepsOf(match[1] ?? '')) rendered += `$ ${command}\n${shownOutput(await run(command))}`;
    rendered += '```';
    from = match.index + match[0].length;
  }
  return rendered + page.slice(from);
}

function stepsOf(body: string): ConsoleStep[] {
  const steps: { command: string; output: string }[] = [];
  for (const line of body.split('\n').slice(0, -1)) {
    const last = steps.at(-1);
    if (line.startsWith('$ ')) steps.push({ command: line.slice(2), output: '' });
    else if (last !== undefined) last.output += `${line}\n`;
  }
  return steps;
}

/** What a page shows of an output: without empty lines at the end, which would fool the eye, and blanks at the ends of lines, which editors remove. */
export function shownOutput(output: string): string {
  const trimmed = output.replaceAll(/[ \t]+$/gm, '').trimEnd();
  return trimmed === '' ? '' : `${trimmed}\n`;
}
