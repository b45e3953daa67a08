/* `npm run new-rule family/name`: writes the two files of a rule and generates the indexes. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const [id = ''] = process.argv.slice(2);
const base = join(ROOT, 'rules', id);

if (!/^[a-z]+\/[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id)) fail('give the rule as family/what-is-wrong, in kebab case');
if (existsSync(`${base}.ts`)) fail(`rules/${id}.ts is there already`);
mkdirSync(dirname(base), { recursive: true });
writeFileSync(`${base}.ts`, code());
writeFileSync(`${base}.md`, page());
process.stdout.write(`rules/${id}.ts\nrules/${id}.md\n`);
execFileSync(process.execPath, [...process.execArgv, join(import.meta.dirname, 'gen.ts')], { stdio: 'inherit' });

function code(): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return `import { defineRule } from '../../src/lint/rule.ts';

/** What it finds, in one sentence, and where the truth about it stands. */
export const rule = defineRule({
  id: '${id}',
  summary: 'What the rule holds everyone to',
  severity: 'warning',
  precision: 'proved',
  stage: 'preview',
  since: '${version}',
  tags: ['${id.split('/')[0] ?? ''}'],
  scope: 'object',
  needs: [],
  messages: {
    wrong: '{kind} \`{name}\` is wrong',
  },
  *find(object) {
    if (object.name === 'wrong') yield { is: 'wrong', at: object, kind: object.kind, name: object.name };
  },
  say: {
    wrong: ({ kind, name }) => ({ kind, name, hint: 'rename it' }),
  },
});
`;
}

function page(): string {
  const manifest = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}`;
  return `# ${id}

What the rule holds everyone to.

## What it checks

## Why

## Avoid

\`\`\`yaml
${manifest('wrong')} # warning: [${id}]
\`\`\`

\`\`\`snapshot
example.yaml:4:9 warning ${id}/wrong
    ConfigMap \`wrong\` is wrong
    hint: rename it
\`\`\`

## Prefer

\`\`\`yaml
${manifest('right')}
\`\`\`

## When not to use it

## Sources
`;
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
