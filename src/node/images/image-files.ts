import { createReadStream, lstatSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { UsageError } from '../../ask/values/usage-error.ts';
import { systemCode, systemReason } from '../errors.ts';

/** Layers are skipped: what tells about an image is small. */
const LARGEST = 4 * 1024 * 1024;
/** An archive with more small files than this is no image. */
const MOST = 20_000;

/** The small files of an image layout or archive, by their path in it; undefined for one that is not there. */
export type ImageFiles = (path: string) => string | undefined;

/**
 * Opens a directory (OCI layout) or a tar archive, gzipped or not (`docker save`, OCI archive). Errors call it what the user calls it.
 * @throws UsageError where it cannot be read or is neither.
 */
export async function openImageFiles(path: string, shown: string): Promise<ImageFiles> {
  try {
    return statSync(path).isDirectory() ? directoryFiles(path) : await archiveFiles(path);
  } catch (error) {
    // A TypeError is a bug of ours: nothing that an archive holds makes one.
    if (error instanceof UsageError || error instanceof TypeError) throw error;
    const reason = systemCode(error) === '' ? 'it is no tar archive' : systemReason(error);
    throw new UsageError(
      `no image can be read from \`${shown}\`: ${reason}`,
      'give an OCI layout or what `docker save` writes',
    );
  }
}

function directoryFiles(directory: string): ImageFiles {
  return (path) => {
    try {
      const file = join(directory, path);
      const found = lstatSync(file);
      return found.isFile() && found.size <= LARGEST ? readFileSync(file, 'utf8') : undefined;
    } catch (error) {
      if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return undefined;
      throw error;
    }
  };
}

async function archiveFiles(path: string): Promise<ImageFiles> {
  // What is bundled has nothing but the default export of a CommonJS package.
  const { default: tar } = await import('tar-stream');
  const files = new Map<string, string>();
  const archive = tar.extract();
  archive.on('entry', ({ name, size = 0, type }, stream, next) => {
    if (type !== 'file' || size > LARGEST || files.size >= MOST) {
      stream.on('end', next);
      stream.resume();
      return;
    }
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      files.set(name.replace(/^\.\//, ''), Buffer.concat(chunks).toString('utf8'));
      next();
    });
  });
  const source = createReadStream(path);
  await (isGzip(path) ? pipeline(source, createGunzip(), archive) : pipeline(source, archive));
  return (name) => files.get(name);
}

function isGzip(path: string): boolean {
  return /\.t?gz$/.test(path);
}
