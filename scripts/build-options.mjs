// What esbuild is told, for scripts/build.mjs and scripts/locate-trace.mjs: the same bytes come out of both.
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';

export const common = {
  bundle: true,
  format: 'esm',
  target: 'es2023',
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
};

/** The command line: what starts it, and all the rest in one script, which starts faster than chunks or modules (docs/decisions/034). */
export function commandLine(external) {
  return {
    ...common,
    entryPoints: { cli: 'src/cli/shipped.ts', compile: 'src/cli/load-program.ts', program: 'src/cli/program-entry.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    platform: 'node',
    external,
    minify: true,
    define: { 'import.meta.dirname': '__dirname' },
    plugins: [importBuiltins(), openDoorsLate()],
  };
}

/**
 * CommonJS packages ask for Node's own modules with `require`, which a module has not: turn these into imports. Commander asks for
 * child_process, to run sub-commands that are programs of their own; we have none, and it takes 5 ms to load.
 */
export function importBuiltins() {
  return {
    name: 'import-builtins',
    setup(builder) {
      builder.onResolve({ filter: /^[a-z]/ }, ({ path, kind }) => {
        if (!isBuiltin(path)) return undefined;
        return kind === 'require-call'
          ? { path: path.replace(/^(?:node:)?/, 'node:'), namespace: 'builtin' }
          : { path, external: true };
      });
      builder.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
        contents:
          path === 'node:child_process'
            ? 'module.exports = {};'
            : `import * as builtin from '${path}'; module.exports = builtin.default ?? builtin;`,
      }));
    },
  };
}

/**
 * A file named *-door.ts holds the only way to code that most runs do not need. In one script that code would be run at the start all the same: here each function that a door
 * imports loads its module when it is first called.
 */
function openDoorsLate() {
  const late = (_, names, from) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => !name.startsWith('type '))
      // What require gives is put together anew at each call, so it is kept.
      .map(
        (name) =>
          `let ${name}Loaded; const ${name} = (...args) => (${name}Loaded ??= require(${from}).${name})(...args);`,
      )
      .join(' ');
  return {
    name: 'open-doors-late',
    setup(builder) {
      builder.onLoad({ filter: /-door\.ts$/ }, ({ path }) => ({
        contents: readFileSync(path, 'utf8').replaceAll(/^import \{([^}]*)\} from ('[^']*');$/gm, late),
        loader: 'ts',
      }));
    },
  };
}
