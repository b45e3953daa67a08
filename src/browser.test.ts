import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as k8sec from './browser.ts';
import { runProgram } from './cli/program.ts';
import { readTree } from './node/read-tree.ts';

const scenarios = join(import.meta.dirname, '../fixtures/scenarios');
const names = readdirSync(scenarios, { withFileTypes: true }).filter((entry) => entry.isDirectory());

/** What the command line prints for a scenario, parsed. */
async function printed(cwd: string, ...args: readonly string[]): Promise<unknown> {
  return printedBy(cwd, [...args, '--format', 'json', '.']);
}

async function printedBy(cwd: string, args: readonly string[]): Promise<unknown> {
  let text = '';
  const write = (piece: string): void => {
    text += piece;
  };
  const silent = { write: () => undefined, isTTY: false, columns: undefined };
  const stdout = { write, isTTY: false, columns: undefined };
  await runProgram(args, {
    stdout,
    stderr: silent,
    stdin: () => new Uint8Array(),
    cwd,
    env: {},
    now: () => 0,
  });
  return JSON.parse(text);
}

function sent(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}

const JSON_FORMAT = ['--format', 'json'];

/** A question about traffic that every cluster with a pod can answer: what the internet sends to the first one. */
function flowOf(cluster: k8sec.Cluster): { readonly from: string; readonly to: string } | undefined {
  const end = k8sec.connectivity(cluster).ends.find(({ type }) => type === 'workload');
  if (end?.type !== 'workload') return undefined;
  return { from: 'internet', to: `${end.namespace}/${end.workload}:80` };
}

describe.each(names.map(({ name }) => name))('the browser entry, for %s', (name) => {
  const cwd = join(scenarios, name);

  it('answers with the values that the command line prints', async () => {
    const input = await readTree({ cwd, paths: ['.'] });
    const tree = k8sec.load(input);
    const { clusters } = tree;
    expect(sent(k8sec.clusters(tree))).toEqual(await printed(cwd, 'clusters'));
    expect(sent(k8sec.lint(input))).toEqual(await printed(cwd, 'lint', '--exit-zero'));
    expect(sent(k8sec.admit(clusters))).toEqual(await printed(cwd, 'admit'));
    expect(sent(k8sec.admitExplain(clusters))).toEqual(await printed(cwd, 'admit', 'explain'));
    expect(sent(k8sec.pspMatrix(clusters))).toEqual(await printed(cwd, 'psp', 'matrix'));
    expect(sent(k8sec.pspExplain(clusters))).toEqual(await printed(cwd, 'psp', 'explain'));
    expect(sent(k8sec.pspAccounts(clusters))).toEqual(await printed(cwd, 'psp', 'matrix', '--accounts'));
    expect(sent(k8sec.pspMigrate(clusters))).toEqual(await printed(cwd, 'psp', 'migrate'));
    const [only, another] = clusters;
    if (only === undefined || another !== undefined) return;
    const { cluster } = only;
    expect(sent(k8sec.netList(cluster))).toEqual(await printed(cwd, 'net', 'list'));
    expect(sent(k8sec.netMatrix(cluster))).toEqual(await printed(cwd, 'net', 'matrix'));
    expect(sent(k8sec.netExposure(cluster))).toEqual(await printed(cwd, 'net', 'exposure'));
    expect(sent(k8sec.netDiff(cluster, cluster))).toEqual(
      await printedBy(cwd, ['net', 'diff', '.', '.', ...JSON_FORMAT]),
    );
    const flow = flowOf(cluster);
    if (flow !== undefined) {
      const ends = ['--from', flow.from, '--to', flow.to];
      expect(sent(k8sec.netFlow(cluster, flow))).toEqual(await printed(cwd, 'net', 'flow', ...ends));
      expect(sent(k8sec.netFlow(cluster, { ...flow, steps: true }))).toEqual(
        await printed(cwd, 'net', 'explain', ...ends),
      );
    }
    const secrets = { verb: 'get', target: 'secrets', namespace: 'default' };
    expect(sent(k8sec.whoCan(cluster, secrets))).toEqual(
      await printedBy(cwd, ['who-can', 'get', 'secrets', ...JSON_FORMAT]),
    );
    const as = 'system:serviceaccount:default:default';
    expect(sent(k8sec.canI(cluster, { ...secrets, as }))).toEqual(
      await printedBy(cwd, ['can-i', 'get', 'secrets', '--as', as, ...JSON_FORMAT]),
    );
  });
});

describe('the browser entry', () => {
  it('lists the rules as the command line does, and names one', async () => {
    expect(sent(k8sec.rules())).toEqual(await printedBy(scenarios, ['rules', ...JSON_FORMAT]));
    expect(k8sec.ruleNamed('psp/pod-forbidden').id).toBe('psp/pod-forbidden');
    expect(() => k8sec.ruleNamed('psp/pod-forbiden')).toThrow(k8sec.UsageError);
  });

  it('decodes and defaults one manifest, and says where its fields stand', () => {
    const text = 'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec:\n  containers: [{ name: web }]\n';
    const file = { path: 'pod.yaml', text };
    const [loaded] = k8sec.load({ files: [file] }).clusters;
    const [pod] = loaded?.cluster.refused.keys() ?? [];
    if (loaded === undefined || pod === undefined) throw new Error('no pod');
    const { namespace, value, errors } = k8sec.decode(loaded.cluster, pod);
    expect([namespace, value]).toEqual(['default', expect.objectContaining({ kind: 'Pod' })]);
    expect(value.spec).toMatchObject({ restartPolicy: 'Always', containers: [{ imagePullPolicy: 'IfNotPresent' }] });
    expect(errors).toEqual(['spec.containers[0].image: Required value']);
    const { start } = k8sec.locate(pod.node, ['spec', 'containers', 0, 'name']);
    expect(k8sec.lineColumn(file, start)).toEqual({ line: 5, column: 24 });
  });
});
