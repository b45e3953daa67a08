import type { Command } from 'commander';
import { whoCan, type WhoCanValue } from '../../ask/rbac.ts';
import { assumptionLines } from '../../report/assumption-lines.ts';
import { renderJson } from '../../report/json.ts';
import { printableLine } from '../../report/printable.ts';
import { saidPlace } from '../../report/reasons.ts';
import { type Cell, renderTable } from '../../report/table.ts';
import type { CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { addLongFormatOption, type TableFormat } from '../format-option.ts';
import type { Io } from '../io.ts';
import { loadClusters, oneCluster } from '../load-clusters.ts';
import { addQuestionOptions, questionOf, type QuestionOptions, writeWarnings } from '../question-options.ts';
import { paintFor } from '../terminal.ts';

interface WhoCanOptions extends QuestionOptions {
  readonly format: TableFormat;
}

/** `k8sec who-can VERB TYPE[/NAME] | NONRESOURCEURL` */
export function define(command: Command, { io, action }: CommandContext): void {
  command
    .argument('<verb>', 'get, list, create, use, ...')
    .argument('<resource>', 'TYPE, TYPE.GROUP, TYPE/NAME, or a URL that begins with /');
  addQuestionOptions(addLongFormatOption(command)).action(
    action((verb: string, target: string, options: WhoCanOptions) => list([verb, target], options, io)),
  );
}

async function list(question: readonly [string, string], options: WhoCanOptions, io: Io): Promise<ExitCode> {
  const cluster = oneCluster(await loadClusters(options.filename ?? [], options, io), options.cluster);
  const found = whoCan(cluster, questionOf(question, options));
  writeWarnings(found.warnings ?? [], io);
  if (found.error !== undefined) io.stderr.write(`Warning: ${printableLine(found.error)}\n`);
  io.stdout.write(options.format === 'json' ? renderJson(found) : table(found, io));
  return 0;
}

function table({ subjects, assumptions }: WhoCanValue, io: Io): string {
  const paint = paintFor(io.stdout, io);
  const { bold, dim } = paint;
  const header = ['KIND', 'NAME', 'NAMESPACE', 'THROUGH', 'WHERE'].map((text): Cell => ({ text, paint: bold }));
  const rows = subjects.flatMap(({ kind, name, namespace = '', because }) =>
    because.map(([binding], index): Cell[] => [
      { text: index === 0 ? kind : '' },
      { text: index === 0 ? printableLine(name) : '' },
      { text: index === 0 ? printableLine(namespace) : '' },
      { text: binding === undefined ? '' : printableLine(`${binding.kind} ${binding.name}`) },
      { text: binding === undefined ? '' : saidPlace(binding), paint: dim },
    ]),
  );
  const listed = rows.length === 0 ? 'nobody\n' : renderTable(header, rows);
  const others = assumptions.length === 0 ? '' : `others perhaps\n${assumptionLines(assumptions, paint)}`;
  return `${listed}${others}${dim('and members of the group system:masters, who bypass RBAC')}\n`;
}
