import type { SourceFile } from '../../../text/source.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { isBelow, joinPath, parentOf } from './posix-path.ts';
import { gitRepository, isRemoteFile } from './remote.ts';

/** The files that a build may read, by clean absolute path, and the directories that exist. */
export interface FileTree {
  readonly file: (path: string) => SourceFile | undefined;
  readonly isDirectory: (path: string) => boolean;
  /** Whether what is missing at a path is made or fetched before a build; nothing is when absent. */
  readonly isMadeBefore?: (path: string) => boolean;
  /** How many kustomizations include a directory, as far as that is known: what it gathers is kept for them. */
  readonly usesOf?: (directory: string) => number;
}

/** Reads the files that one kustomization names (mirrors kustomize api v0.21.2, internal/loader/fileloader.go). */
export class Loader {
  readonly root: string;
  private readonly tree: FileTree;
  /** Whether files must lie in or below the directory of the kustomization. */
  readonly isRestricted: boolean;
  /** The directories that it, and loaders of these, were asked for. */
  readonly reached: string[];
  private readonly referrer: Loader | undefined;

  constructor(tree: FileTree, root: string, isRestricted: boolean, referrer?: Loader) {
    this.tree = tree;
    this.root = root;
    this.isRestricted = isRestricted;
    this.referrer = referrer;
    this.reached = referrer?.reached ?? [];
  }

  /** The file at a path that a kustomization names. */
  load(path: string): SourceFile {
    if (isRemoteFile(path)) {
      throw new KustomizeFailure(`Get "${path}": network disabled`, undefined, 'network');
    }
    const absolute = path.startsWith('/') ? path : joinPath(this.root, path);
    const file = this.find(absolute);
    if (!this.isRestricted) {
      if (file === undefined && this.tree.isDirectory(joinPath('/', absolute))) {
        throw new KustomizeFailure(`cannot read content from non-file '${absolute}'`);
      }
    } else if (file === undefined && this.tree.isDirectory(joinPath('/', absolute))) {
      throw new KustomizeFailure(`'${absolute}' must resolve to a file`);
    } else if (file !== undefined && !isBelow(parentOf(joinPath('/', absolute)), this.root)) {
      throw new KustomizeFailure(`security; file '${absolute}' is not in or below '${this.root}'`);
    }
    if (file === undefined) throw missing(this.tree, absolute, `'${absolute}' doesn't exist`);
    return file;
  }

  /** Whether a path that a kustomization names leads to a directory, so that `load` fails. */
  isDirectory(path: string): boolean {
    if (isRemoteFile(path)) return false;
    const absolute = path.startsWith('/') ? path : joinPath(this.root, path);
    return this.tree.isDirectory(joinPath('/', absolute));
  }

  /** The file of that name in the directory of the kustomization itself, if it is there. */
  own(name: string): SourceFile | undefined {
    return this.find(joinPath(this.root, name));
  }

  private find(absolute: string): SourceFile | undefined {
    const clean = joinPath('/', absolute);
    const parent = parentOf(clean);
    if (this.tree.file(parent) !== undefined) throw new KustomizeFailure(`'${parent}' is not a directory`);
    return this.tree.file(clean);
  }

  /** The loader of a directory that the kustomization names. */
  directory(path: string): Loader {
    if (path === '') throw new KustomizeFailure('new root cannot be empty');
    if (gitRepository(path) !== undefined) {
      throw new KustomizeFailure(`no 'git' program on path: ${path}`, undefined, 'network');
    }
    if (path.startsWith('/')) throw new KustomizeFailure(`new root '${path}' cannot be absolute`);
    if (path.split('/').some((part) => part !== '..' && part.includes('..'))) {
      throw new KustomizeFailure(`path ${JSON.stringify(path)} is ambiguous`);
    }
    const root = confirmDirectory(this.tree, joinPath(this.root, path));
    this.demandNew(root);
    this.reached.push(root);
    return new Loader(this.tree, root, this.isRestricted, this);
  }

  private demandNew(candidate: string): void {
    const visited = this.visitedBelow(candidate);
    if (visited === undefined) return;
    throw new KustomizeFailure(`cycle detected: candidate root '${candidate}' contains visited root '${visited}'`);
  }

  /** Whether a directory can be built from here without going in a circle. */
  isNew(directory: string): boolean {
    return this.visitedBelow(directory) === undefined;
  }

  private visitedBelow(candidate: string): string | undefined {
    return isBelow(this.root, candidate) ? this.root : this.referrer?.visitedBelow(candidate);
  }
}

function missing(tree: FileTree, path: string, message: string): KustomizeFailure {
  const isMade = tree.isMadeBefore?.(joinPath('/', path)) === true;
  return new KustomizeFailure(message, undefined, isMade ? 'earlier step' : undefined);
}

/** A directory that exists, as a clean path. */
export function confirmDirectory(tree: FileTree, path: string): string {
  const clean = joinPath('/', path);
  if (tree.file(parentOf(clean)) !== undefined && !tree.isDirectory(clean)) {
    throw new KustomizeFailure(
      `must build at directory: not a valid directory: '${parentOf(clean)}' is not a directory`,
    );
  }
  if (tree.file(clean) !== undefined) {
    throw new KustomizeFailure(`must build at directory: '${path}': file is not directory`);
  }
  if (!tree.isDirectory(clean)) {
    throw missing(tree, clean, `must build at directory: not a valid directory: '${path}' doesn't exist`);
  }
  return clean;
}
