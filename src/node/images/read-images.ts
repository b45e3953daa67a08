import { resolve } from 'node:path';
import type { ImageFacts } from '../../cluster/index/cluster.ts';
import { UsageError } from '../errors.ts';
import { type ImageFiles, openImageFiles } from './image-files.ts';

interface FoundImage {
  /** As the archive names it; '' where it does not. */
  readonly name: string;
  readonly facts: ImageFacts;
}

/**
 * What local images say of themselves, as entries of `settings.images`. Each source is an OCI layout or an archive, `NAME=` before it where it does not
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
  if (Array.isArray(saved)) return saved.flatMap((each) => savedImages(files, asMap(each)));
  const index = asMap(readJson(files, 'index.json'));
  return itemsOf(index.manifests).flatMap((each) => layoutImages(files, asMap(each), '', 0));
}

/** One entry of the manifest.json that `docker save` writes. */
function savedImages(files: ImageFiles, entry: Map): FoundImage[] {
  const facts = factsOf(asMap(readJson(files, text(entry.Config))));
  const names = itemsOf(entry.RepoTags).filter((tag): tag is string => typeof tag === 'string');
  return facts === undefined ? [] : (names.length === 0 ? [''] : names).map((name) => ({ name, facts }));
}

/** A descriptor of an OCI index: an image, or an index of the platforms of one, which are taken to run as the same user. */
function layoutImages(files: ImageFiles, descriptor: Map, outer: string, depth: number): FoundImage[] {
  const annotations = asMap(descriptor.annotations);
  const name = outer || text(annotations['io.containerd.image.name']) || fullName(annotations);
  const manifest = asMap(readJson(files, blobPath(descriptor)));
  const inner = itemsOf(manifest.manifests);
  if (inner.length > 0 && depth < 4)
    return inner.flatMap((each) => layoutImages(files, asMap(each), name, depth + 1)).slice(0, 1);
  const facts = factsOf(asMap(readJson(files, blobPath(asMap(manifest.config)))));
  return facts === undefined ? [] : [{ name, facts }];
}

/** A reference name may be a tag alone, which does not say of what. */
function fullName(annotations: Map): string {
  const name = text(annotations['org.opencontainers.image.ref.name']);
  return /[/:]/.test(name) ? name : '';
}

function blobPath({ digest }: Map): string {
  const [, algorithm, hash] = /^([a-z0-9]+):([a-f0-9]+)$/.exec(text(digest)) ?? [];
  return algorithm === undefined || hash === undefined ? '' : `blobs/${algorithm}/${hash}`;
}

/** What an image's configuration says; undefined where it is no such configuration. */
function factsOf(configuration: Map): ImageFacts | undefined {
  if (configuration.rootfs === undefined && configuration.config === undefined) return undefined;
  const { User, ExposedPorts } = asMap(configuration.config);
  const ports = Object.keys(asMap(ExposedPorts));
  return { user: text(User), ...(ports.length === 0 ? {} : { ports }) };
}

type Map = Readonly<Record<string, unknown>>;

function readJson(files: ImageFiles, path: string): unknown {
  const content = path === '' ? undefined : files(path);
  if (content === undefined) return undefined;
  try {
    return JSON.parse(content);
  } catch {
    // Not JSON is not an image: the caller says so.
    return undefined;
  }
}

function asMap(value: unknown): Map {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Map) : {};
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
