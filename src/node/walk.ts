import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, sep } from 'node:path';
import { type IgnoreRules, ignoreRulesFor } from './ignore-rules.ts';
import { repositoryRoot } from './repository.ts';

/** What a walk of directories found: absolute paths, and the places where the operating system refused, with its error. */
export interface Walked {
  readonly files: string[];
  readonly refused: readonly { readonly path: string; readonly error: unknown }[];
  /** Directories that were left out for their names: absolute paths. */
  readonly leftOut: readonly string[];
}

/** Whether a file of this name may hold manifests; our own configuration does not. */
export function isManifestName(name: string): boolean {
  return (name.endsWith('.yaml') || name.endsWith('.yml') || name.endsWith('.json')) && !name.startsWith('.k8sec.');
}

/** Directories of code that others wrote, and of what tests read: no cluster gets it. One that is named is walked all the same. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  '.chainsaw-test',
  '.kyverno-test',
  'node_modules',
  'testdata',
  'vendor',
]);

/**
 * Finds the manifest files below each of `directories` (absolute) as git would list them: what `.gitignore` leaves out is left out, so are
 * `.git` and directories of others' code and of test data. A symbolic link is followed unless what it points to is found anyway, so that loops end and nothing is read twice.
 */
export function walk(directories: readonly string[]): Walked {
  const walker = new Walker();
  for (const directory of directories) {
    const rules = ignoreRulesFor(directory, repositoryRoot(directory));
    walker.visit({ path: directory, real: realpathSync(directory), rules });
  }
  walker.followLinks();
  return walker.result();
}

/** A directory to look into: under the name it is shown by, and where it really is (links resolved). */
interface Place {
  readonly path: string;
  readonly real: string;
  /** Those that hold for the directory itself; its own ignore file is read when it is looked into. */
  readonly rules: IgnoreRules;
}

class Walker {
  /** What was found: by the real path, under which name it is shown. */
  readonly #files = new Map<string, string>();
  readonly #refused: { readonly path: string; readonly error: unknown }[] = [];
  readonly #leftOut: string[] = [];
  readonly #seen = new Set<string>();
  #links: { readonly path: string; readonly rules: IgnoreRules }[] = [];

  visit(top: Place): void {
    const pending = [top];
    for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
      if (this.#seen.has(place.real)) continue;
      this.#seen.add(place.real);
      const entries = this.#list(place.path);
      const hasRules = entries.some((entry) => entry.name === '.gitignore');
      const rules = hasRules ? place.rules.enter(place.path) : place.rules;
      for (const entry of entries) {
        const path = below(place.path, entry.name);
        if (entry.isDirectory()) {
          if (entry.name === '.git' || rules.ignores(path, true)) continue;
          if (LEFT_OUT.has(entry.name)) this.#leftOut.push(path);
          else pending.push({ path, real: below(place.real, entry.name), rules });
        } else if (entry.isSymbolicLink()) {
          this.#links.push({ path, rules });
        } else if (entry.isFile() && isManifestName(entry.name) && !rules.ignores(path, false)) {
          this.#add(path, below(place.real, entry.name));
        }
      }
    }
  }

  /** Links come after everything else, since only then it is known what is found without them; by name, so that always the same one wins. */
  followLinks(): void {
    while (this.#links.length > 0) {
      const links = this.#links.sort((a, b) => (a.path < b.path ? -1 : 1));
      this.#links = [];
      for (const { path, rules } of links) {
        if (!rules.ignores(path, false)) this.#follow(path, rules);
      }
    }
  }

  result(): Walked {
    return { files: [...this.#files.values()], refused: this.#refused, leftOut: this.#leftOut };
  }

  #follow(path: string, rules: IgnoreRules): void {
    try {
      const real = realpathSync(path);
      const target = statSync(real);
      if (target.isDirectory()) {
        if (basename(path) === '.git') return;
        if (LEFT_OUT.has(basename(path))) this.#leftOut.push(path);
        else this.visit({ path, real, rules });
      } else if (target.isFile() && isManifestName(path)) {
        this.#add(path, real);
      }
    } catch (error) {
      if (isManifestName(path)) this.#refused.push({ path, error });
    }
  }

  #add(path: string, real: string): void {
    if (!this.#files.has(real)) this.#files.set(real, path);
  }

  #list(directory: string): Dirent[] {
    try {
      return readdirSync(directory, { withFileTypes: true });
    } catch (error) {
      this.#refused.push({ path: directory, error });
      return [];
    }
  }
}

function below(directory: string, name: string): string {
  return directory.endsWith(sep) ? directory + name : directory + sep + name;
}
