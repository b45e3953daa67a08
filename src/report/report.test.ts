import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../lint/finding/finding.ts';
import { countBySeverity } from '../lint/finding/count-by-severity.ts';
import { findingValue, type LintValue } from '../ask/lint.ts';
import { renderJson } from './json.ts';
import { renderOneline } from './lint/oneline.ts';
import { PLAIN } from './paint.ts';
import { renderPretty } from './lint/pretty.ts';

const pod = { path: 'web/pod.yaml', text: 'kind: Pod\r\nmetadata:\r\n\tname: web\r\nspec: {}\r\n' };
const policy = { path: 'psp.yaml', text: 'kind: PodSecurityPolicy\nmetadata:\n  name: strict\n' };

function finding(changes: Partial<Finding> = {}): Finding {
  return {
    id: '0011223344556677',
    rule: 'psp/pod-forbidden',
    severity: 'error',
    messageKey: 'forbidden',
    message: 'pod `web` would be rejected',
    file: pod,
    span: { start: 29, end: 32 },
    path: ['metadata', 'name'],
    related: [{ file: policy, span: { start: 42, end: 48 }, message: 'policy `strict` does not admit it' }],
    hint: 'drop the privilege',
    cluster: '',
    steps: [],
    ...changes,
  };
}

function report(findings: readonly Finding[]): LintValue {
  return {
    version: 1,
    tool: { name: 'k8sec', version: '1.2.3' },
    findings: findings.map(findingValue),
    crashes: [],
    rules: [],
    summary: { ...countBySeverity(findings), judged: { files: 2, documents: 2, objects: 2, pods: 1 } },
    clusters: [
      {
        name: '',
        settled: [
          {
            about: 'Kubernetes',
            value: '1.24',
            origin: 'the tree holds PodSecurityPolicies',
            decide: 'set kubernetesVersion',
          },
        ],
      },
    ],
    leftOut: ['vendor'],
    unknown: [
      { file: 'a.yaml', line: 3, column: 7, object: { apiVersion: 'v1', kind: 'Pod', name: 'web' }, path: 'spec.x' },
    ],
    unchecked: [
      {
        apiVersion: 'example.com/v1',
        kind: 'Widget',
        objects: 2,
        why: 'no CustomResourceDefinition in these manifests',
      },
    ],
    notices: [{ rule: 'net/half-open', reason: 'more than 1000 pairs of pods', count: 2 }],
    notRun: [{ rule: 'net/half-open', reason: 'off' }],
    notJudged: [{ what: 'Helm template', places: ['a.yaml', 'b.yaml', 'c.yaml', 'd.yaml'] }],
  };
}

const style = { paint: PLAIN, width: 80, files: [pod, policy], all: false };

describe('pretty', () => {
  test('a finding shows its lines, the objects that decided and what to do', () => {
    expect(renderPretty(report([finding()]), style)).toBe(`web/pod.yaml
  3:8  error  psp/pod-forbidden
    pod \`web\` would be rejected
      2 | metadata:
    > 3 | 	name: web
        | 	      ^^^
      4 | spec: {}
    psp.yaml:3:9 policy \`strict\` does not admit it
    hint: drop the privilege

1 error in 2 objects (1 pod) of 2 files
Kubernetes         1.24 (the tree holds PodSecurityPolicies)
hint               set kubernetesVersion
not judged         4 × Helm template: a.yaml, b.yaml, c.yaml, and 1 more
left out           1 directory: vendor (name one to read it)
not known          1 value that verdicts may rest on: a.yaml:3
not checked        fields of 2 objects: example.com/v1 Widget (no CustomResourceDefinition in these manifests)
incomplete         net/half-open: more than 1000 pairs of pods
`);
  });

  test('a clean run says what was judged', () => {
    expect(renderPretty(report([]), style)).toMatch(/^no findings in 2 objects \(1 pod\) of 2 files\n/);
  });

  test('many findings of one rule do not bury the one of another', () => {
    const many = Array.from({ length: 100 }, (_, index) => finding({ id: String(index) }));
    const text = renderPretty(report([...many, finding({ rule: 'meta/parse', message: 'broken' })]), style);
    expect(text.match(/would be rejected/g)?.length).toBe(15);
    expect(text.match(/ {4}psp\.yaml/g)?.length).toBe(4);
    expect(text).toContain('… and 85 more psp/pod-forbidden in 1 file\n');
    expect(text).toContain('    broken\n');
    expect(renderPretty(report(many), { ...style, all: true }).match(/would be rejected/g)?.length).toBe(100);
  });

  test('a pod refused for a thousand reasons does not bury the rest', () => {
    const place = { file: policy, span: { start: 42, end: 48 }, message: 'not allowed' };
    const refused = finding({ message: 'no '.repeat(5000), related: Array.from({ length: 1000 }, () => place) });
    const text = renderPretty(report([refused]), style);
    expect(text.length).toBeLessThan(4000);
    expect(text).toContain('    … and 988 more places, with --all\n');
    expect(renderPretty(report([refused]), { ...style, all: true }).match(/not allowed/g)?.length).toBe(1000);
  });

  test('a line too long to be followed is shown alone, not as lines of its own pieces', () => {
    const text = `${'['.repeat(20_000)}\nkind: Pod\n`;
    const deep = finding({ file: { path: 'deep.yaml', text }, span: { start: 10_000, end: 10_001 } });
    expect(renderPretty(report([deep]), { ...style, files: [deep.file] }).match(/^ .*\|/gm)?.length).toBe(2);
  });

  test('a manifest cannot speak to the terminal', () => {
    const text = `name: "\u001b[2J"${'x'.repeat(9000)}\n`;
    const nasty = finding({
      message: 'name \u001b]0;title\u0007\u202e\nforged: line',
      file: { path: 'a\u001b.yaml', text },
      span: { start: 6, end: 10 },
    });
    const shown = renderPretty(report([nasty]), style);
    for (const character of ['\u001b', '\u0007', '\u202e']) expect(shown).not.toContain(character);
    expect(shown).toContain(String.raw`name \x1b]0;title\x07\u202e\nforged: line`);
    expect(shown.split('\n').every((line) => line.length < 120)).toBe(true);
    expect(renderOneline(report([nasty])).split('\n').length).toBe(2);
  });
});

describe('oneline', () => {
  test('a finding is a line that editors can jump to', () => {
    expect(renderOneline(report([finding()]))).toBe(
      'web/pod.yaml:3:8: error pod `web` would be rejected [psp/pod-forbidden]\n',
    );
    expect(renderOneline(report([]))).toBe('');
  });
});

describe('json', () => {
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../report.schema.json'), 'utf8')) as object;
  const isValid = new Ajv2020({ strict: true }).compile(schema);

  test('the report is what its schema says, clean or not', () => {
    const full = finding({
      object: {
        apiVersion: 'v1',
        kind: 'Pod',
        group: '',
        version: 'v1',
        name: 'web',
        generateName: '',
        namespace: 'prod',
        copyOf: undefined,
        path: [],
        node: { type: 'map', start: 0, end: 0, entries: [] },
        document: { file: pod, index: 0, format: 'yaml', span: { start: 0, end: 0 }, root: undefined, problems: [] },
      },
      cluster: 'prod',
      softened: { from: 'error', because: 'it may be otherwise' },
      steps: [
        {
          sentence: 'a step',
          outcome: 'failed',
          object: { kind: 'Pod', namespace: 'prod', name: 'web' },
          file: 'web/pod.yaml',
          line: 3,
          column: 8,
        },
      ],
    });
    for (const findings of [[], [finding(), full]]) {
      expect(isValid(JSON.parse(renderJson(report(findings))))).toBe(true);
      expect(isValid.errors).toBeNull();
    }
  });

  test('places have lines and columns from 1, the end exclusive', () => {
    const value = JSON.parse(renderJson(report([finding()]))) as { findings: readonly object[] };
    expect(value.findings[0]).toMatchObject({
      file: 'web/pod.yaml',
      start: { line: 3, column: 8 },
      end: { line: 3, column: 11 },
      path: 'metadata.name',
      related: [{ file: 'psp.yaml', start: { line: 3, column: 9 } }],
    });
  });
});

describe('default traffic', () => {
  const side = { decision: 'deny', by: ['NetworkPolicy default-deny'] } as const;
  const open = { decision: 'allow', by: [] } as const;
  const withTraffic = {
    ...report([]),
    clusters: [
      {
        name: '',
        settled: [],
        traffic: [
          {
            namespaces: ['shop'],
            ingress: { decision: 'mixed', by: ['a', 'b', 'c'], denied: 2, workloads: 3 },
            egress: open,
          },
          { namespaces: ['a', 'b', 'c', 'd', 'e', 'f'], ingress: side, egress: side },
        ],
      },
    ],
  } as const;

  test('namespaces of which the same holds share a line', () => {
    expect(renderPretty(withTraffic, style)).toContain(
      `default traffic    a, b, c, d, e and 1 more: in and out denied (NetworkPolicy default-deny)
                   shop: in denied to 2 of 3 workloads (3 policies), out allowed (no policy)
`,
    );
  });

  test('is part of the schema', () => {
    const schema: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../report.schema.json'), 'utf8'));
    const validate = new Ajv2020().compile(schema as object);
    expect(validate(JSON.parse(renderJson(withTraffic)))).toBe(true);
  });
});
