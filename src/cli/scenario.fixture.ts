import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Io, Output } from './io.ts';
import { runProgram } from './program.ts';

/*
 * A scenario is a text of sections; what comes before the first says what it shows.
 *
 *   === manifests/pod.yaml        a file, with what follows as its content
 *   === stdin                     what the next command reads
 *   === env FORCE_COLOR=1         for the next command
 *   === $ k8sec lint manifests    a command, with its standard output
 *   === stderr                    its standard error, where there is any
 *   === exit 1                    its exit code, where it is not 0
 *   === file out.json             a file that it has written
 */
interface Section {
  readonly title: string;
  readonly body: string;
}

/** Runs a scenario in an empty directory and returns its text as it came out: equal to what was given, if all is as it says. */
export async function replayScenario(text: string, directory: string): Promise<string> {
  const [intro = '', ...rest] = text.split(/^=== /m);
  const sections = rest.map((part): Section => {
    const end = part.indexOf('\n');
    return { title: part.slice(0, end), body: part.slice(end + 1) };
  });
  let out = intro;
  let stdin = '';
  let env: Record<string, string> = {};
  for (const { title, body } of sections) {
    if (/^(?:stderr|exit \d|file )/.test(title)) continue;
    if (!title.startsWith('$ ')) out += `=== ${title}\n${body}`;
    if (title === 'stdin') stdin = body;
    else if (title.startsWith('env ')) env = { ...env, ...Object.fromEntries([splitOnce(title.slice(4), '=')]) };
    else if (title.startsWith('$ ')) {
      const index = sections.findIndex((section) => section.title === title && section.body === body);
      out += await runCommand(title, { directory, stdin, env, written: filesAfter(sections, index) });
      stdin = '';
      env = {};
    } else {
      mkdirSync(dirname(join(directory, title)), { recursive: true });
      writeFileSync(join(directory, title), body);
    }
  }
  return out;
}

/** The files that the command at `index` is expected to write. */
function filesAfter(sections: readonly Section[], index: number): string[] {
  const after = sections.slice(index + 1);
  const next = after.findIndex(({ title }) => title.startsWith('$ '));
  return after
    .slice(0, next === -1 ? undefined : next)
    .filter(({ title }) => title.startsWith('file '))
    .map(({ title }) => title.slice('file '.length));
}

interface Setting {
  readonly directory: string;
  readonly stdin: string;
  readonly env: Readonly<Record<string, string>>;
  readonly written: readonly string[];
}

async function runCommand(title: string, { directory, stdin, env, written }: Setting): Promise<string> {
  const [out, err] = [memory(), memory()];
  const io: Io = {
    stdout: out,
    stderr: err,
    stdin: () => new TextEncoder().encode(stdin),
    cwd: directory,
    env,
    now: () => 0,
  };
  const [, ...args] = splitWords(title.slice(2));
  const exit = await runProgram(args, io);
  let text = `=== ${title}\n${out.text()}`;
  if (err.text() !== '') text += `=== stderr\n${err.text()}`;
  if (exit !== 0) text += `=== exit ${exit}\n`;
  for (const path of written) text += `=== file ${path}\n${readFileSync(join(directory, path), 'utf8')}`;
  return `${text}\n`;
}

function memory(): Output & { readonly text: () => string } {
  let all = '';
  return {
    write: (text) => {
      all += text;
    },
    isTTY: false,
    columns: undefined,
    text: () => all,
  };
}

function splitWords(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|\S+/g)].map((match) => match[1] ?? match[2] ?? match[0]);
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return [text.slice(0, at), text.slice(at + 1)];
}
