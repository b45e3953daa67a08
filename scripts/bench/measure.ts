/**
 * Runs whole programs and tells what each costs: processor time (user and system, of every thread and child), or wall time where bash, whose `time`
 * tells the former, is not installed. Programs that are compared take turns, so that what else the machine does meets all of them.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

export interface Measure {
  readonly seconds: number;
  /** Peak resident memory in MB; NaN for a program that is not Node. */
  readonly megabytes: number;
  readonly status: number | null;
}

const hasBash = spawnSync('bash', ['-c', ':'], { stdio: 'ignore' }).status === 0;

/** What `Measure.seconds` are on this machine. */
export const clock = hasBash ? 'processor time (user and system)' : 'wall time (bash is not installed)';

/** The medians of `runs` runs of each program, in the order of `programs`. Output is thrown away; a program that cannot be started throws. */
export function measureAll(programs: readonly Program[], runs: number): Measure[] {
  const seconds = programs.map((): number[] => []);
  for (let run = 0; run < runs; run++) {
    for (const [index, program] of programs.entries()) seconds[index]?.push(timeOf(program));
  }
  return programs.map((program, index) => ({ seconds: median(seconds[index] ?? []), ...memoryOf(program) }));
}

function median(values: readonly number[]): number {
  const value = values.toSorted((a, b) => a - b)[values.length >> 1];
  if (value === undefined) throw new Error('a median needs at least one run');
  return value;
}

/** A node process cannot ask what its children cost; bash can, in milliseconds. */
function timeOf({ command, args }: Program): number {
  if (!hasBash) {
    const started = process.hrtime.bigint();
    orThrow(spawnSync(command, args, { stdio: 'ignore' }));
    return Number(process.hrtime.bigint() - started) / 1e9;
  }
  const script = 'TIMEFORMAT="%3U %3S"; time "$@" >/dev/null 2>&1 </dev/null';
  const { stderr } = orThrow(
    spawnSync('bash', ['-c', script, 'bash', command, ...args], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
    }),
  );
  const [user, system] = stderr.trim().split(' ').map(Number);
  if (user === undefined || system === undefined) throw new Error(`bash did not tell times, but: ${stderr}`);
  return user + system;
}

/** A run of its own: the hook that tells the peak would count as time. */
function memoryOf({ command, args }: Program): Pick<Measure, 'megabytes' | 'status'> {
  const directory = mkdtempSync(join(tmpdir(), 'k8sec-bench-'));
  const hook = join(directory, 'peak.cjs');
  const out = join(directory, 'peak');
  writeFileSync(
    hook,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(out)}, String(process.resourceUsage().maxRSS)));`,
  );
  const node = command === process.execPath;
  const env = node ? { ...process.env, NODE_OPTIONS: `--require=${hook}` } : process.env;
  const { status } = orThrow(spawnSync(command, args, { stdio: 'ignore', env }));
  const megabytes = node ? Number(readFileSync(out, 'utf8')) / 1024 : Number.NaN;
  rmSync(directory, { recursive: true });
  return { megabytes, status };
}

function orThrow<Run extends { readonly error?: Error | undefined }>(run: Run): Run {
  if (run.error !== undefined) throw run.error;
  return run;
}
