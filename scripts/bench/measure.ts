/** Runs whole programs and tells their wall time and peak memory: the median of several runs, in one process after the other. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Measure {
  readonly seconds: number;
  /** Peak resident memory in MB; NaN for a program that is not Node. */
  readonly megabytes: number;
  readonly status: number | null;
}

/** The median of `runs` runs of a command. Output is thrown away; a run that cannot be started throws. */
export function measure(command: string, args: readonly string[], runs: number): Measure {
  const samples: Measure[] = [];
  for (let run = 0; run < runs; run++) samples.push(once(command, args));
  samples.sort((a, b) => a.seconds - b.seconds);
  const median = samples[samples.length >> 1];
  if (median === undefined) throw new Error('measure needs at least one run');
  return median;
}

function once(command: string, args: readonly string[]): Measure {
  const directory = mkdtempSync(join(tmpdir(), 'k8sec-bench-'));
  const hook = join(directory, 'rss.cjs');
  const out = join(directory, 'rss');
  writeFileSync(
    hook,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(out)}, String(process.resourceUsage().maxRSS)));`,
  );
  const node = command === process.execPath;
  const started = process.hrtime.bigint();
  const { status, error } = spawnSync(command, args, {
    stdio: 'ignore',
    env: node ? { ...process.env, NODE_OPTIONS: `--require=${hook}` } : process.env,
  });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (error !== undefined) throw error;
  const megabytes = node ? Number(readFileSync(out, 'utf8')) / 1024 : Number.NaN;
  rmSync(directory, { recursive: true });
  return { seconds, megabytes, status };
}
