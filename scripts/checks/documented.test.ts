/** What programs import from k8sec carries its documentation: editors and the packed types show the comment of each export. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** The entries of the package (`exports` of package.json). */
const ENTRIES = ['src/index.ts', 'src/browser.ts', 'src/lint/rule.ts'];

/** `file: name` of everything that a module exports without a comment, where it is declared. */
function undocumented(path: string, wanted?: ReadonlySet<string>): string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  return source.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) return undocumentedOf(path, statement, wanted);
    const isExported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(isExport) === true;
    const names = isExported ? namesOf(statement).filter((name) => wanted?.has(name) !== false) : [];
    return ts.getJSDocCommentsAndTags(documentable(statement)).length > 0
      ? []
      : names.map((name) => `${path.slice(root.length + 1)}: ${name}`);
  });
}

const isExport = ({ kind }: ts.ModifierLike): boolean => kind === ts.SyntaxKind.ExportKeyword;

/** What other modules declare and this one exports. */
function undocumentedOf(
  path: string,
  { moduleSpecifier, exportClause }: ts.ExportDeclaration,
  wanted: ReadonlySet<string> | undefined,
): string[] {
  if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return [];
  const target = join(dirname(path), moduleSpecifier.text);
  if (exportClause === undefined || !ts.isNamedExports(exportClause)) return undocumented(target, wanted);
  const named = exportClause.elements.filter(({ name }) => wanted?.has(name.text) !== false);
  return undocumented(target, new Set(named.map(({ name, propertyName }) => (propertyName ?? name).text)));
}

function documentable(statement: ts.Statement): ts.Node {
  return ts.isVariableStatement(statement) ? (statement.declarationList.declarations[0] ?? statement) : statement;
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return isNamed && statement.name !== undefined ? [statement.name.text] : [];
}

it.each(ENTRIES)('every export of %s is documented', (entry) => {
  expect([...new Set(undocumented(join(root, entry)))]).toEqual([]);
});
