import type { Cluster } from '../../cluster/cluster.ts';
import type { Problem, SourceDocument } from '../../text/source.ts';

/** What reading and decoding found, by the meta/ rule that reports it. */
export interface ProblemFacts {
  /** The problems of one meta/ rule, named without its family, in file order. */
  of(rule: string): readonly Problem[];
}

/** Gathers the problems of the linted documents and of the cluster made of them. */
export function problemFacts(cluster: Cluster, documents: readonly SourceDocument[]): ProblemFacts {
  const byRule = new Map<string, Problem[]>();
  const add = (problem: Problem) => {
    const list = byRule.get(problem.rule);
    if (list === undefined) byRule.set(problem.rule, [problem]);
    else list.push(problem);
  };
  for (const document of documents) for (const problem of document.problems) add(problem);
  for (const problem of cluster.problems) add(problem);
  return { of: (rule) => byRule.get(rule) ?? [] };
}
