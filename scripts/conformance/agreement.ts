/*
 * What counts as agreeing with the real code, suite by suite, after ../shared/conformance/compare.py. Absent, null, '', [] and {} are the
 * same, except inside decoded and mutated objects. What upstream leaves to chance (the order of Go maps) is compared as a set; what is
 * not a verdict (the wording of the parsers' own syntax errors) is compared by its presence.
 */
type Fields = Readonly<Record<string, unknown>>;

/** One compared field: its name, and whether both answers agree in it. */
export type Comparison = readonly [field: string, agrees: boolean];

/** The suites that this project answers, by name: compares the real verdict with ours, field by field. */
export const SUITES: Readonly<Record<string, (real: Fields, ours: Fields) => Comparison[]>> = {
  psp: compareAdmission,
  mixed: compareAdmission,
  rbac: compareRbac,
  psa: comparePsa,
  yaml: compareYaml,
  netpol: compareNetwork,
  calico: compareNetwork,
  tiers: compareNetwork,
  anp: compareNetwork,
  hostendpoint: compareNetwork,
  selectors: compareSelectors,
  cel: compareCel,
  vap: comparePolicies,
  kustomize: compareKustomize,
  validate: compareValidate,
};

function compareAdmission(real: Fields, ours: Fields): Comparison[] {
  const plain = ['allowed', 'deniedBy', 'phase', 'code', 'reason', 'policy', 'auditAnnotations', 'warnings', 'mutated'];
  return [
    ...[...plain, 'pluginOrder'].map((field): Comparison => [field, isSame(real[field], ours[field])]),
    ['message', isSameMessage(real, ours)],
    ['psp', key(trials(real.psp)) === key(trials(ours.psp))],
  ];
}

/** Parts that Go prints in map order may come in any order: what is left without them must be equal. */
function isSameMessage(real: Fields, ours: Fields): boolean {
  const parts = list(real.messageParts).map(String);
  if (parts.length === 0) return isSame(real.message, ours.message);
  const longestFirst = parts.toSorted((a, b) => b.length - a.length);
  const skeleton = (message: unknown): string =>
    longestFirst.reduce((rest, part) => rest.replace(part, () => '\0'), typeof message === 'string' ? message : '');
  return skeleton(real.message) === skeleton(ours.message);
}

function trials(value: unknown): string[] {
  return list(value)
    .map((trial) => key(pick(trial, ['name', 'authorizedBy', 'mutates', 'errors', 'providerError'])))
    .sort();
}

function compareRbac(real: Fields, ours: Fields): Comparison[] {
  const allowed = (fields: Fields): unknown[] => list(fields.canI).map((answer) => record(answer).allowed === true);
  const reasons = (fields: Fields): unknown[] => list(fields.canI).map((answer) => record(answer).reason ?? '');
  const subjects = (fields: Fields): unknown[] =>
    list(fields.whoCan).map((answer) => [...new Set(list(answer).map(key))].sort());
  return [
    ['canI.allowed', key(allowed(real)) === key(allowed(ours))],
    ['canI.reason', key(reasons(real)) === key(reasons(ours))],
    ['whoCan', key(subjects(real)) === key(subjects(ours))],
    ['whoCanErrors', isSame(real.whoCanErrors, ours.whoCanErrors)],
  ];
}

function comparePsa(real: Fields, ours: Fields): Comparison[] {
  if (!isEmpty(real.configError)) return [['configError', !isEmpty(ours.configError)]];
  const compared = [
    'allowed',
    'code',
    'reason',
    'message',
    'warnings',
    'auditAnnotations',
    'policy',
    'perLevel',
    'causes',
  ];
  return compared.map((field) => [field, isSame(real[field], ours[field])]);
}

function compareYaml(real: Fields, ours: Fields): Comparison[] {
  const [theirs, mine] = [list(real.documents), list(ours.documents)];
  return [
    ['readError', isEmpty(real.readError) === isEmpty(ours.readError)],
    ['documents', theirs.length === mine.length],
    ...theirs.flatMap((document, index) => compareDocument(record(document), record(mine[index]))),
  ];
}

function compareDocument(real: Fields, ours: Fields): Comparison[] {
  const broken: Comparison = ['yamlError', isEmpty(real.yamlError) === isEmpty(ours.yamlError)];
  if (!isEmpty(real.yamlError)) return [broken];
  return [
    broken,
    ['json', isSame(parsed(real.json), parsed(ours.json))],
    ['known', (real.known === true) === (ours.known === true)],
    ['gvk', isSame(real.gvk, ours.gvk)],
    ['decodeError', isEmpty(real.decodeError) === isEmpty(ours.decodeError)],
    ['strictErrors', key(strictErrors(real)) === key(strictErrors(ours))],
    ['duplicateKeys', hasDuplicateKeys(real) === hasDuplicateKeys(ours)],
    ['decoded', isSame(real.decoded, ours.decoded)],
  ];
}

function compareSelectors(real: Fields, ours: Fields): Comparison[] {
  const [theirs, mine] = [list(real.selectors).map(record), list(ours.selectors).map(record)];
  return [
    ['selectors', theirs.length === mine.length],
    ...theirs.flatMap((selector, index): Comparison[] => {
      const own = mine[index] ?? {};
      return [
        ['valid', (selector.valid === true) === (own.valid === true)],
        ['matches', (selector.matches === true) === (own.matches === true)],
        ['canonical', isSame(selector.canonical, own.canonical)],
      ];
    }),
  ];
}

/** Errors are compared by their presence: their words are reported apart. */
function compareCel(real: Fields, ours: Fields): Comparison[] {
  const [theirs, mine] = [list(real.expressions).map(record), list(ours.expressions).map(record)];
  return [
    ['expressions', theirs.length === mine.length],
    ...theirs.flatMap((expression, index): Comparison[] => {
      const own = mine[index] ?? {};
      const error: Comparison = ['error', isEmpty(expression.error) === isEmpty(own.error)];
      if (!isEmpty(expression.error)) return [error];
      return [error, ['type', expression.type === own.type], ['value', key(expression.value) === key(own.value)]];
    }),
  ];
}

/** What CEL says about its own errors is reported apart; of a refused policy it is enough that it is refused. */
function comparePolicies(real: Fields, ours: Fields): Comparison[] {
  const refused = (fields: Fields): string[] =>
    [...new Set(list(fields.policyErrors).map((each) => key([record(each).kind, record(each).name])))].sort();
  const [theirs, mine] = [list(real.requests).map(record), list(ours.requests).map(record)];
  return [
    ['policyErrors', isSame(refused(real), refused(ours))],
    ['requests', theirs.length === mine.length],
    ...theirs.flatMap((request, index): Comparison[] => {
      const own = mine[index] ?? {};
      return [
        ['allowed', (request.allowed === true) === (own.allowed === true)],
        ['code', (request.code ?? 0) === (own.code ?? 0)],
        ['reason', isSame(request.reason, own.reason)],
        ['message', withoutCelText(request.message) === withoutCelText(own.message)],
        ['warnings', isSame(list(request.warnings).map(withoutCelText), list(own.warnings).map(withoutCelText))],
        ['auditAnnotations', isSame(annotations(request), annotations(own))],
      ];
    }),
  ];
}

function withoutCelText(text: unknown): string {
  return (typeof text === 'string' ? text : '').replace(/(compilation error: |resulted in error: ).*/s, '$1...');
}

/** Annotations, with the list of failures inside one of them read. */
function annotations({ auditAnnotations }: Fields): Fields {
  const name = 'validation.policy.admission.k8s.io/validation_failure';
  const { [name]: failures, ...others } = record(auditAnnotations);
  if (typeof failures !== 'string') return others;
  const read = list(JSON.parse(failures)).map((each) => ({
    ...record(each),
    message: withoutCelText(record(each).message),
  }));
  return { ...others, [name]: read };
}

/** Objects are compared in their order; of an error only its class. */
function compareKustomize(real: Fields, ours: Fields): Comparison[] {
  return [
    ['class', isSame(real.class, ours.class)],
    ['documents', !isEmpty(real.class) || isSame(real.documents, ours.documents)],
    ['stderr', isSame(real.stderr, ours.stderr)],
  ];
}

function compareValidate(real: Fields, ours: Fields): Comparison[] {
  const causes = (fields: Fields): string[] => {
    const all = list(fields.causes).map((cause) => key([record(cause).type ?? '', record(cause).field ?? '']));
    return real.unordered === true ? all.sort() : all;
  };
  return [
    ['accepted', (real.accepted === true) === (ours.accepted === true)],
    ...['status', 'reason', 'warnings', 'stored'].map((field): Comparison => [field, isSame(real[field], ours[field])]),
    ['causes', key(causes(real)) === key(causes(ours))],
  ];
}

function compareNetwork(real: Fields, ours: Fields): Comparison[] {
  const refused = (fields: Fields): string[] =>
    list(fields.invalid)
      .map((each) => key([record(each).object, record(each).by]))
      .sort();
  const dropped = (fields: Fields): string[] => [
    ...new Set(
      list(fields.dropped)
        .map((each) => key(typeof each === 'string' ? each : record(each).object))
        .sort(),
    ),
  ];
  const order = (fields: Fields): string[] =>
    list(fields.policyOrder)
      .map((each) => key(pick(each, Object.keys(record(each)))))
      .sort();
  const flows = new Map(list(ours.flows).map((flow) => [record(flow).id, record(flow)]));
  return [
    ['invalid', isSame(refused(real), refused(ours))],
    ['dropped', isSame(dropped(real), dropped(ours))],
    ['policyOrder', isSame(order(real), order(ours))],
    ...list(real.flows).flatMap((flow): Comparison[] => {
      const theirs = record(flow);
      const own = flows.get(theirs.id) ?? {};
      return [
        ['flow.verdict', theirs.verdict === own.verdict],
        ...['egress', 'ingress', 'host', 'http'].map((field): Comparison => [
          `flow.${field}`,
          isSame(theirs[field], own[field]),
        ]),
      ];
    }),
  ];
}

function isYamlError(message: unknown): boolean {
  return typeof message === 'string' && message.startsWith('yaml:');
}

function strictErrors(document: Fields): unknown[] {
  return list(document.strictErrors).filter((message) => !isYamlError(message));
}

function hasDuplicateKeys(document: Fields): boolean {
  return list(document.strictErrors).some(isYamlError) || !isEmpty(document.strictYAMLError);
}

/** JSON, with every integer that a JavaScript number cannot hold kept as its digits. */
export function parseExactly(text: string): unknown {
  const tokens = /"(?:[^"\\]|\\.)*"|-?\d[\d.e+-]*/gi;
  return JSON.parse(text.replace(tokens, (token) => (/^-?\d{16,}$/.test(token) ? `"#${token}"` : token)));
}

function parsed(text: unknown): unknown {
  return typeof text === 'string' && text !== '' ? parseExactly(text) : null;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function isSame(a: unknown, b: unknown): boolean {
  return (isEmpty(a) && isEmpty(b)) || key(a) === key(b);
}

/** A text that is equal for equal values, whatever the order of their keys. */
function key(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function pick(value: unknown, names: readonly string[]): Fields {
  const fields = record(value);
  return Object.fromEntries(names.filter((name) => !isEmpty(fields[name])).map((name) => [name, fields[name]]));
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function record(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
