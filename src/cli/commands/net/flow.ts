import { flowQuestions, isQuestionError } from '../../../engines/net/ask/flow-question.ts';
import { flowVerdict } from '../../../engines/net/ask/flow-verdict.ts';
import { networkOf } from '../../../engines/net/model/network-of.ts';
import { UsageError } from '../../../node/errors.ts';
import { renderFlows, renderFlowsJson } from '../../../report/net/net-flow.ts';
import type { ExitCode } from '../../exit-code.ts';
import type { InputOptions } from '../../input-options.ts';
import type { Io } from '../../io.ts';
import { loadClusters, oneCluster } from '../../load-clusters.ts';
import type { TableFormat } from '../../table-format.ts';
import { paintFor } from '../../terminal.ts';
import { warnOfRefused } from './warn-of-refused.ts';

/** What `net flow` and `net explain` take. */
export interface FlowOptions extends InputOptions {
  readonly from: string;
  readonly to: string;
  readonly format: TableFormat;
  readonly cluster?: string;
}

/** Answers for every flow that is asked about; exit 0 only where all of them are allowed. */
export async function showFlow(
  paths: readonly string[],
  options: FlowOptions & { readonly steps: boolean },
  io: Io,
): Promise<ExitCode> {
  const cluster = oneCluster(await loadClusters(paths, options, io), options.cluster);
  const questions = flowQuestions(cluster, options.from, options.to);
  if (isQuestionError(questions)) throw new UsageError(questions.error, questions.hint);
  const answers = questions.map((question) => flowVerdict(cluster, question, { steps: options.steps }));
  const { problems } = networkOf(cluster);
  if (options.format === 'json') io.stdout.write(renderFlowsJson(answers, problems));
  else {
    warnOfRefused(problems, io);
    io.stdout.write(renderFlows(answers, paintFor(io.stdout, io)));
  }
  return answers.every(({ decision }) => decision === 'allow') ? 0 : 1;
}
