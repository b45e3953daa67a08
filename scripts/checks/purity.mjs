// What the pure core may not do, as ESLint rules: read a clock, draw lots, ask for a locale, wait, keep state between calls, or reach the network. They
// are apart from eslint.config.js so that holes.test.ts can plant a violation of each without the type checker.

/** The folders above the pure line (docs/architecture.md); their tests may wait and measure. */
export const PURE = [
  'src/{text,lang,model,render,cluster,engines,lint,ask,report}/**/*.ts',
  'src/browser.ts',
  'rules/**/*.ts',
];
const TESTS = ['**/*.test.ts', '**/*.fixture.ts'];

const network = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'navigator', 'RTCPeerConnection', 'Worker'];
const surroundings = [
  'process',
  'console',
  'performance',
  'crypto',
  'Intl',
  'Promise',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
];

const offline = network.map((name) => ({ name, message: 'k8sec never opens a connection' }));
const throughGlobal = {
  selector: 'MemberExpression[object.name=/^(globalThis|window|self|global)$/]',
  message: 'a global object hides what is used: name it, so that the other checks see it',
};

/** @type {import('eslint').Linter.Config[]} */
export const purity = [
  {
    files: ['src/**/*.ts', 'rules/**/*.ts'],
    ignores: TESTS,
    rules: {
      'no-restricted-globals': ['error', ...offline],
      'no-restricted-syntax': ['error', throughGlobal],
      'no-eval': 'error',
      'no-new-func': 'error',
    },
  },
  {
    files: PURE,
    ignores: TESTS,
    rules: {
      'no-restricted-globals': [
        'error',
        ...offline,
        ...surroundings.map((name) => ({
          name,
          message: 'the core is a function of its input: pass in what it needs',
        })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'no clock in the core' },
        { object: 'Math', property: 'random', message: 'same input, same answer' },
        ...['localeCompare', 'toLocaleString', 'toLocaleLowerCase', 'toLocaleUpperCase', 'toLocaleDateString'].map(
          (property) => ({ property, message: 'answers do not depend on a locale: compare by code units' }),
        ),
      ],
      'no-restricted-syntax': [
        'error',
        throughGlobal,
        { selector: ':function[async=true]', message: 'no promise above the pure line' },
        { selector: 'ImportExpression', message: 'no promise above the pure line' },
        { selector: 'AwaitExpression', message: 'no promise above the pure line' },
        { selector: 'ForOfStatement[await=true]', message: 'no promise above the pure line' },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'no clock in the core' },
        { selector: "CallExpression[callee.name='Date']", message: 'no clock in the core' },
        {
          selector: ":matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration[kind='let']",
          message: 'state of a module outlives a call: keep it in a value, or in a memo keyed by its input',
        },
      ],
    },
  },
];
