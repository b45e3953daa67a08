import { resolve } from 'node:path';
import type { ImageFacts } from '../../cluster/index/cluster.ts';
import { record, records, text, texts } from '../../model/json.ts';
import type { Json, JsonObject } from '../../model/object.ts';
import { UsageError } from '../../ask/values/usage-error.ts';
import { type ImageFiles, openImageFiles } from './image-files.ts';

interface FoundImage {
  /** As the archive names it; '' where it does not. */
  readonly name: string;
  readonly facts: ImageFacts;
}

/**
 * What local images declare, as entries of `settings.images`. Each source is an OCI layout or an archive, `NAME=` before it where it does not
 * say what its image is called. Nothing is fetched.
 * @throws UsageError for a source that holds no image, or one without a name.
 */
export async function readImages(
  sources: readonly string[],
  cwd: string,
): Promise<Readonly<Record<string, ImageFacts>>> {
  const entries: Record<string, ImageFacts> = {};
  for (const source of sources) {
    const equals = source.indexOf('=');
    const name = equals < 0 ? '' : source.slice(0, equals);
    const path = source.slice(equals + 1);
    const found = imagesOf(await openImageFiles(resolve(cwd, path), path));
    if (found.length === 0) {
      throw new UsageError(`there is no image in \`${path}\``, 'give an OCI layout or what `docker save` writes');
    }
    for (const image of found) {
      const known = name === '' ? image.name : name;
      if (known === '') {
        throw new UsageError(`the image in \`${path}\` has no name`, `say what pods call it: NAME:TAG=${path}`);
      }
      entries[known] = image.facts;
    }
  }
  return entries;
}

function imagesOf(files: ImageFiles): FoundImage[] {
  const saved = readJson(files, 'manifest.json');
  if (Array.isArray(saved)) return records(saved).flatMap((each) => savedImages(files, each));
  const index = record(readJson(files, 'index.json'));
  return records(index.manifests).flatMap((each) => layoutImages(files, each, '', 0));
}

/** One entry of the manifest.json that `docker save` writes. */
function savedImages(files: ImageFiles, entry: JsonObject): FoundImage[] {
  const facts = factsOf(record(readJson(files, text(entry.Config))));
  const names = texts(entry.RepoTags);
  return facts === undefined ? [] : (names.length === 0 ? [''] : names).map((name) => ({ name, facts }));
}

/** A descriptor of an OCI index: an image, or an index of the platforms of one, which are taken to run as the same user. */
function layoutImages(files: ImageFiles, descriptor: JsonObject, outer: string, depth: number): FoundImage[] {
  const annotations = record(descriptor.annotations);
  const name = outer || text(annotations['io.containerd.image.name']) || fullName(annotations);
  const manifest = record(readJson(files, blobPath(descriptor)));
  const inner = records(manifest.manifests);
  if (inner.length > 0 && depth < 4)
    return inner.flatMap((each) => layoutImages(files, each, name, depth + 1)).slice(0, 1);
  const facts = factsOf(record(readJson(files, blobPath(record(manifest.config)))));
  return facts === undefined ? [] : [{ name, facts }];
}

/** A reference name may be a tag alone, without an image name. */
function fullName(annotations: JsonObject): string {
  const name = text(annotations['org.opencontainers.image.ref.name']);
  return /[/:]/.test(name) ? name : '';
}

function blobPath({ digest }: JsonObject): string {
  const [, algorithm, hash] = /^([a-z0-9]+):([a-f0-9]+)$/.exec(text(digest)) ?? [];
  return algorithm === undefined || hash === undefined ? '' : `blobs/${algorithm}/${hash}`;
}

/** What an image's configuration says; undefined where it is no such configuration. */
function factsOf(configuration: JsonObject): ImageFacts | undefined {
  if (configuration.rootfs === undefined && configuration.config === undefined) return undefined;
  return { user: text(record(configuration.config).User) };
}

function readJson(files: ImageFiles, path: string): Json | undefined {
  const content = path === '' ? undefined : files(path);
  if (content === undefined) return undefined;
  try {
    return JSON.parse(content) as Json;
  } catch {
    // Not JSON is not an image: the caller says so.
    return undefined;
  }
}
