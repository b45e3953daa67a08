import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, describe, expect, it } from 'vitest';
import { readImages } from './read-images.ts';

const folder = mkdtempSync(join(tmpdir(), 'k8sec-images-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const configuration = (User?: string) => JSON.stringify({ config: { User }, rootfs: { type: 'layers' } });

const layout = (name: string | undefined, User: string): Record<string, string> => ({
  'oci-layout': '{"imageLayoutVersion":"1.0.0"}',
  'index.json': JSON.stringify({
    manifests: [
      {
        digest: 'sha256:aa',
        annotations: name === undefined ? {} : { 'org.opencontainers.image.ref.name': name },
      },
    ],
  }),
  'blobs/sha256/aa': JSON.stringify({ manifests: [{ digest: 'sha256:bb' }] }),
  'blobs/sha256/bb': JSON.stringify({ config: { digest: 'sha256:cc' }, layers: [] }),
  'blobs/sha256/cc': configuration(User),
});

function directory(name: string, files: Record<string, string>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name, path)), { recursive: true });
    writeFileSync(join(folder, name, path), content);
  }
  return name;
}

async function archive(name: string, files: Record<string, string>): Promise<string> {
  const tar = pack();
  for (const [path, content] of Object.entries(files)) tar.entry({ name: path }, content);
  tar.finalize();
  const bytes = await buffer(tar);
  writeFileSync(join(folder, name), name.endsWith('gz') ? gzipSync(bytes) : bytes);
  return name;
}

describe('images that lie here', () => {
  it('are read from an OCI layout, whose index names them', async () => {
    const path = directory('layout', layout('quay.io/acme/web:1.0', '1001'));
    expect(await readImages([path], folder)).toEqual({ 'quay.io/acme/web:1.0': { user: '1001' } });
  });

  it('are called as the user says, where the layout does not', async () => {
    const path = directory('tag-only', layout('latest', ''));
    expect(await readImages([`web:2=${path}`], folder)).toEqual({ 'web:2': { user: '' } });
    await expect(readImages([path], folder)).rejects.toThrow('has no name');
  });

  it('are read from what docker save writes, gzipped or not', async () => {
    const files = {
      'layer.tar': 'x'.repeat(5 * 1024 * 1024),
      'config.json': configuration(),
      'manifest.json': JSON.stringify([{ Config: 'config.json', RepoTags: ['nginx:1.14.2', 'nginx:old'] }]),
    };
    const expected = {
      'nginx:1.14.2': { user: '' },
      'nginx:old': { user: '' },
    };
    expect(await readImages([await archive('saved.tar', files)], folder)).toEqual(expected);
    expect(await readImages([await archive('saved.tar.gz', files)], folder)).toEqual(expected);
  });

  it('must be images', async () => {
    writeFileSync(join(folder, 'text.tar'), 'no archive at all'.repeat(100));
    await expect(readImages(['text.tar'], folder)).rejects.toThrow('no tar archive');
    await expect(readImages(['absent'], folder)).rejects.toThrow('no such file');
    await expect(readImages([directory('empty', { 'a.txt': '' })], folder)).rejects.toThrow('there is no image');
  });

  it('cannot lead out of their layout', async () => {
    const files = layout('web:1', '5');
    files['blobs/sha256/bb'] = JSON.stringify({ config: { digest: '../../..:etc' } });
    await expect(readImages([directory('evil', files)], folder)).rejects.toThrow('there is no image');
  });
});
