// The house's import directions. Rooms import only from those before them in this list:
//   text → lang → model → cluster → engines → lint → report → analyze → node → cli
// Each rule's comment says why; docs/architecture.md shows the picture.

/** A path below a room of src/. */
const room = (...names) => `^src/(${names.join('|')})(/|\\.ts$)`;
const TEST = '\\.test\\.ts$|/test/|/harness/';

/** Forbids imports from one room into any room that comes after it. */
const later = (name, laterRooms, comment) => ({
  name: `${name}-imports-downwards`,
  comment,
  severity: 'error',
  from: { path: room(name), pathNot: TEST },
  to: { path: room(...laterRooms) },
});

export default {
  forbidden: [
    later(
      'text',
      ['lang', 'model', 'cluster', 'engines', 'lint', 'report', 'analyze', 'node', 'cli', 'index'],
      'text turns characters into positioned trees and must not know what the characters are about, or it could not be held to the real reader alone',
    ),
    later(
      'lang',
      ['model', 'cluster', 'engines', 'lint', 'report', 'analyze', 'node', 'cli', 'index'],
      'the small languages inside fields are evaluated the same wherever they stand, so they know of no object',
    ),
    later(
      'model',
      ['cluster', 'engines', 'lint', 'report', 'analyze', 'node', 'cli', 'index'],
      'a view of one object must not depend on which other objects there are',
    ),
    later(
      'cluster',
      ['engines', 'lint', 'report', 'analyze', 'node', 'cli', 'index'],
      'what exists is settled before anyone decides about it; otherwise a verdict could change its own premises',
    ),
    later(
      'engines',
      ['lint', 'report', 'analyze', 'node', 'cli', 'index'],
      'engines answer what the server answers; whether that is good or bad is for rules to say',
    ),
    later(
      'lint',
      ['report', 'analyze', 'node', 'cli', 'index'],
      'a finding is data; how it is shown is decided where it is shown',
    ),
    later(
      'report',
      ['analyze', 'node', 'cli', 'index'],
      'a report is a function from result to text: it reads nothing and runs nothing',
    ),
    later(
      'analyze',
      ['node', 'cli', 'index'],
      'the facade is what runs in a browser, so it must not reach below the pure line',
    ),
    later('node', ['cli', 'index'], 'the library reads files too, and it has no terminal'),
    {
      name: 'library-has-no-terminal',
      comment: 'whoever imports k8sec gets values; printing and exit codes belong to the command line',
      severity: 'error',
      from: { path: '^src/index\\.ts$' },
      to: { path: room('cli') },
    },
    {
      name: 'engines-stand-alone',
      comment: 'each engine is held to its own real counterpart, so none leans on another',
      severity: 'error',
      from: { path: '^src/engines/(rbac|psa|net|start)/', pathNot: TEST },
      to: { path: '^src/engines/[^/]+/', pathNot: '^src/engines/$1/' },
    },
    {
      name: 'psp-asks-rbac-only',
      comment: 'the real PodSecurityPolicy plugin asks the authorizer who may use a policy, and nobody else',
      severity: 'error',
      from: { path: '^src/engines/psp/', pathNot: TEST },
      to: { path: '^src/engines/(?!psp/|rbac/)[^/]+/' },
    },
    {
      name: 'migrate-compares-psp-and-psa',
      comment:
        'the migration has no counterpart upstream: it only asks the two plugins that it goes between, and none of them knows of it',
      severity: 'error',
      from: { path: '^src/engines/migrate/', pathNot: TEST },
      to: { path: '^src/engines/(?!migrate/|psp/|psa/)[^/]+/' },
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
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
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
      to: { path: '^scripts/|\\.test\\.ts$' },
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
