// The house's import directions, as rules with reasons. The floors themselves are in scripts/checks/floors.mjs; docs/architecture.md draws the picture, and
// scripts/checks/holes.test.ts plants a violation of each rule to see that it is found.
import { ENGINES_THAT_ASK, FLOORS, ROOMS } from './scripts/checks/floors.mjs';

/** A path below a room of src/. */
const room = (...names) => `^src/(${names.join('|')})(/|\\.ts$)`;
/** Tests and their fixtures may use what they like: they ship nowhere. */
const TEST = '\\.(test|fixture)\\.ts$';

/** Each room imports from those before it only. */
const rooms = ROOMS.slice(0, -1).map(([name, sentence], index) => ({
  name: `${name}-imports-downwards`,
  comment: sentence,
  severity: 'error',
  from: { path: room(name), pathNot: TEST },
  to: { path: room(...ROOMS.slice(index + 1).map(([later]) => later), 'index') },
}));

/** Inside the large rooms, each floor imports from those before it only. */
const floors = Object.entries(FLOORS).flatMap(([base, list]) => {
  const path = (name) => (name === '.' ? `^${base}/[^/]+\\.ts$` : `^${base}/${name}/`);
  return list.slice(0, -1).map(([name, sentence], index) => ({
    name: `${base.split('/').at(-1)}-${name === '.' ? 'top' : name}-imports-downwards`,
    comment: `${base}/${name}: ${sentence}`,
    severity: 'error',
    from: { path: path(name), pathNot: TEST },
    to: { path: list.slice(index + 1).map(([later]) => path(later)) },
  }));
});

/** An engine asks those engines only that the real code asks. */
const engines = [
  {
    name: 'engines-stand-alone',
    comment: 'each engine is compared with its own real counterpart, so none leans on another',
    severity: 'error',
    from: {
      path: '^src/engines/([^/]+)/',
      pathNot: `^src/engines/(${Object.keys(ENGINES_THAT_ASK).join('|')})/|${TEST}`,
    },
    to: { path: '^src/engines/[^/]+/', pathNot: '^src/engines/$1/' },
  },
  ...Object.entries(ENGINES_THAT_ASK).map(([engine, { asks, because }]) => ({
    name: `${engine}-asks-${asks.join('-')}-only`,
    comment: because,
    severity: 'error',
    from: { path: `^src/engines/${engine}/`, pathNot: TEST },
    to: { path: '^src/engines/[^/]+/', pathNot: `^src/engines/(${[engine, ...asks].join('|')})/` },
  })),
  {
    name: 'shared-by-engines-knows-none',
    comment: 'what lies directly in src/engines is used by every engine, so it may use none',
    severity: 'error',
    from: { path: '^src/engines/[^/]+\\.ts$', pathNot: TEST },
    to: { path: '^src/engines/[^/]+/' },
  },
];

export default {
  forbidden: [
    ...rooms,
    ...floors,
    ...engines,
    {
      name: 'core-knows-no-rule',
      comment: 'rules are handed to the runner; whatever they are, everything below judges and shows them alike',
      severity: 'error',
      from: { path: room('text', 'lang', 'model', 'render', 'cluster', 'engines', 'lint', 'report'), pathNot: TEST },
      to: { path: '^rules/' },
    },
    {
      name: 'expressions-behind-a-door',
      comment:
        'a tree without policies in CEL loads none of the language: it is reached through policyDoor and schemaRules alone, so that a program can load it later',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(lang/cel|engines/admission/(policies|validating))/|${TEST}` },
      to: {
        path: '^src/(lang/cel|engines/admission/(policies|validating))/',
        // Reserved words are a list and load nothing.
        pathNot: '/(policy-door|schema-rules|reserved-words)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'report-reads-values',
      comment:
        'a report shows the values that src/ask answers with, so that a program which has a value can show it the same way',
      severity: 'error',
      from: { path: room('report'), pathNot: TEST },
      to: { path: room('engines', 'cluster') },
    },
    {
      name: 'report-runs-nothing',
      comment: 'a report knows the types of answers and of findings; it calls nothing that makes one',
      severity: 'error',
      from: { path: room('report'), pathNot: TEST },
      to: { path: room('ask', 'lint'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'cli-to-ask-only',
      comment: 'the command line asks src/ask, so that the library and the browser can answer whatever it can',
      severity: 'error',
      from: { path: room('cli'), pathNot: TEST },
      to: { path: '^(src|rules)/', pathNot: room('ask', 'report', 'node', 'cli', 'version') },
    },
    {
      name: 'library-has-no-terminal',
      comment: 'programs that import k8sec get values; printing and exit codes belong to the command line',
      severity: 'error',
      from: { path: '^src/index\\.ts$' },
      to: { path: room('cli') },
    },
    {
      name: 'rules-see-the-rule-api-only',
      comment:
        'a built-in rule may do no more than one that a third party writes, so both import the public rule API and nothing else',
      severity: 'error',
      from: { path: '^rules/', pathNot: `^rules/index\\.ts$|${TEST}` },
      to: { path: '^src/', pathNot: '^src/lint/rule\\.ts$' },
    },
    {
      name: 'rules-use-no-package',
      comment: 'what a rule needs of a package every rule needs, so it belongs into the rule API',
      severity: 'error',
      from: { path: '^rules/', pathNot: TEST },
      to: {
        dependencyTypes: [
          'npm',
          'npm-dev',
          'npm-optional',
          'npm-peer',
          'npm-bundled',
          'npm-no-pkg',
          'npm-unknown',
          'core',
        ],
      },
    },
    {
      name: 'no-rule-imports-a-rule',
      comment: 'a rule that leans on another cannot be switched off, moved or read alone; what they share is a fact',
      severity: 'error',
      from: { path: '^rules/', pathNot: `^rules/index\\.ts$|${TEST}` },
      to: { path: '^rules/' },
    },
    {
      name: 'no-cycles',
      comment: 'in a cycle there is no direction of data left to follow',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'yaml-behind-one-door',
      comment:
        'there is one reader of YAML in the product, and it is ours; the library helps with broken documents only (docs/decisions/001)',
      severity: 'error',
      from: { path: '^(src|rules)/', pathNot: `^src/text/|${TEST}` },
      to: { path: 'node_modules/yaml/' },
    },
    {
      name: 'globs-below-the-line',
      comment: 'fast-glob and micromatch need Node; above the pure line path matching comes in as a function',
      severity: 'error',
      from: { path: '^(src|rules)/', pathNot: '^src/node/' },
      to: { path: 'node_modules/(fast-glob|micromatch)/' },
    },
    {
      name: 'node-below-the-line',
      comment: 'the core runs unchanged in a browser: no files, no clock, no process above the pure line',
      severity: 'error',
      from: { path: '^(src|rules)/', pathNot: `^src/(node|cli)/|^src/index\\.ts$|${TEST}` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'offline',
      comment: 'k8sec promises to open no connection and to start no program, so nothing that could is ever imported',
      severity: 'error',
      from: { path: '^(src|rules)/', pathNot: TEST },
      to: { path: '^(node:)?(net|http|https|http2|dns|tls|dgram|child_process|cluster|worker_threads|inspector)(/|$)' },
    },
    {
      name: 'commander-in-the-cli',
      comment: 'arguments, colours and progress are the command line’s business',
      severity: 'error',
      from: { path: '^(src|rules)/', pathNot: '^src/cli/' },
      to: { path: 'node_modules/(commander|picocolors)/' },
    },
    {
      name: 'no-development-tools-shipped',
      comment: 'scripts and tests are not part of the package, so nothing shipped may need them',
      severity: 'error',
      from: { path: '^(src|rules)/', pathNot: TEST },
      to: { path: '^scripts/|\\.(test|fixture)\\.ts$' },
    },
    {
      name: 'resolvable',
      comment: 'an import that leads nowhere is a mistake',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
  },
};
