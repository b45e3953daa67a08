import type { WriteStream } from 'node:tty';
import { systemReason } from '../node/errors.ts';
import { readToEnd } from '../node/read-file.ts';
import type { Io, Output } from './io.ts';

/** The streams, directory and environment of this process. */
export function processIo(): Io {
  return {
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    stdin: () => readToEnd(0),
    cwd: process.cwd(),
    env: process.env,
    now: () => performance.now(),
  };
}

function outputOf(stream: WriteStream): Output {
  // `k8sec lint | head` closes the pipe early; that is the reader's choice and no failure of ours. A full disk is no clean run.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    if (stream === process.stdout) process.stderr.write(`error: cannot write the report: ${systemReason(error)}\n`);
    process.exit(2);
  });
  return {
    write: (text) => {
      stream.write(text);
    },
    isTTY: stream.isTTY,
    columns: stream.columns,
  };
}
