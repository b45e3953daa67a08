import { createInterface } from 'node:readline';

/*
 * npm run --silent replay -- SUITE < cases.jsonl: answers the oracles' cases, one JSON object a line, with verdicts in their format. What
 * a suite's cases look like and how verdicts are compared is said beside the oracles; an expected answer is never seen here.
 */
const suite = process.argv[2] ?? '';
if (!/^[a-z]+$/.test(suite)) {
  process.stderr.write('usage: replay SUITE < cases.jsonl\n');
  process.exit(2);
}
const { answer } = (await import(`./replay/${suite}.ts`)) as {
  answer: (input: unknown, text: string) => object | string;
};
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue;
  const verdict = answer(JSON.parse(line), line);
  // A suite whose verdicts hold numbers that JavaScript cannot writes its own JSON.
  process.stdout.write(`${typeof verdict === 'string' ? verdict : JSON.stringify(verdict)}\n`);
}
