import { expect, test } from 'vitest';
import type { Io } from './io.ts';
import { progressFor } from './progress.ts';
import { paintFor } from './terminal.ts';

function terminal(isTTY: boolean, env: Record<string, string> = {}) {
  let time = 0;
  let written = '';
  const output = {
    write: (text: string) => {
      written += text;
    },
    isTTY,
    columns: 20,
  };
  const io: Io = { stdout: output, stderr: output, stdin: () => new Uint8Array(), cwd: '/', env, now: () => time };
  return {
    io,
    at: (milliseconds: number) => {
      time = milliseconds;
    },
    written: () => written,
  };
}

test('progress is told after a second, a few times a second, in one line, and taken back', () => {
  const { io, at, written } = terminal(true);
  const progress = progressFor(io);
  for (const time of [0, 500, 999, 1000, 1100, 1200]) {
    at(time);
    progress.say(`step of ${time} milliseconds`);
  }
  expect(written()).toBe('\r\u001b[Kstep of 1000 millis\r\u001b[Kstep of 1200 millis');
  progress.done();
  progress.done();
  expect(written().slice(-4)).toBe('\r\u001b[K');
});

test('nothing is told where no person reads, or where it was quick', () => {
  for (const { io, at, written } of [terminal(false), terminal(true, { CI: 'true' })]) {
    const progress = progressFor(io);
    at(5000);
    progress.say('late');
    progress.done();
    expect(written()).toBe('');
  }
});

test('colours follow the terminal, NO_COLOR before FORCE_COLOR before it', () => {
  const isColored = (isTTY: boolean, env: Record<string, string> = {}) => {
    const { io } = terminal(isTTY, env);
    return paintFor(io.stdout, io).red('x') !== 'x';
  };
  expect(isColored(true)).toBe(true);
  expect(isColored(false)).toBe(false);
  expect(isColored(true, { NO_COLOR: '1' })).toBe(false);
  expect(isColored(false, { FORCE_COLOR: '1' })).toBe(true);
  expect(isColored(true, { FORCE_COLOR: '0' })).toBe(false);
  expect(isColored(false, { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
  expect(isColored(true, { TERM: 'dumb' })).toBe(false);
});
