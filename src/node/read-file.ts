import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import type { SourceFile } from '../text/source.ts';

/** Files of more bytes than this are refused instead of read: no manifest is that large, and a JavaScript string holds no more than 512 MB. */
export const LARGEST_FILE = 256 * 1024 * 1024;

/** Most manifests fit: one buffer serves them all, which halves the time that reading a large tree takes. */
const shared = Buffer.allocUnsafeSlow(256 * 1024);

/**
 * Reads `path` and decodes it, shown to the user as `shown`. Pipes and devices are read to their end; `isRegular` spares one
 * system call where the file is known to be none.
 * @throws the operating system's error, and RangeError when the file is larger than LARGEST_FILE.
 */
export function readSourceFile(path: string, shown: string, isRegular = false): SourceFile {
  const descriptor = openSync(path, 'r');
  try {
    return decodeSource(readToEnd(descriptor, isRegular), shown);
  } finally {
    closeSync(descriptor);
  }
}

/** Reads an open file, pipe or terminal to its end. The bytes are valid only until the next call. */
export function readToEnd(descriptor: number, isRegular = false): Buffer {
  let used = 0;
  let buffer = shared;
  for (;;) {
    const count = readSome(descriptor, buffer, used);
    if (count === 0) return buffer.subarray(0, used);
    // A read of a regular file that fills less than the buffer has met the end; a pipe's says nothing.
    if (isRegular && used + count < buffer.length) return buffer.subarray(0, used + count);
    used += count;
    if (used > LARGEST_FILE) throw new RangeError(`larger than ${LARGEST_FILE / 1024 / 1024} MB`);
    if (used === buffer.length) {
      const larger = Buffer.allocUnsafeSlow(buffer.length * 4);
      buffer.copy(larger, 0, 0, used);
      buffer = larger;
    }
  }
}

/** A pipe whose writer has not written yet answers EAGAIN when it was opened without blocking, as a shell may hand it over. */
function readSome(descriptor: number, buffer: Buffer, offset: number): number {
  for (;;) {
    try {
      return readSync(descriptor, buffer, offset, buffer.length - offset, null);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

/** Text from bytes: UTF-8 where they are that; else the bytes are kept beside a lossy decoding that is good enough to show. */
export function decodeSource(bytes: Uint8Array, shown: string): SourceFile {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // `utf8Slice` keeps a leading byte order mark, which the reader must see as the server does.
  const text = buffer.toString('utf8');
  return isUtf8(bytes) ? { path: shown, text } : { path: shown, text, bytes: new Uint8Array(bytes) };
}
