// Answers the cases of a conformance suite: `npm run --silent replay -- SUITE < cases > answers`.
import { createInterface } from 'node:readline';

const suite = process.argv[2] ?? '';
if (!/^[a-z]+$/.test(suite)) {
  process.stderr.write('usage: npm run --silent replay -- SUITE < cases > answers\n');
  process.exit(2);
}
const { answer } = (await import(`./replay/${suite}.ts`)) as { answer: (question: unknown) => unknown };
let pending = '';
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue;
  pending += `${JSON.stringify(answer(JSON.parse(line)))}\n`;
  if (pending.length > 1 << 20) {
    process.stdout.write(pending);
    pending = '';
  }
}
process.stdout.write(pending);
