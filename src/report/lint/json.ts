import type { Finding } from '../../lint/finding.ts';
import type { SourceFile } from '../../text/source.ts';
import { formatFieldPath, type Span } from '../../text/tree.ts';
import { lineColumn } from '../../text/position.ts';
import type { LintReport } from './lint-report.ts';

/** The whole result as JSON, described by report.schema.json. `version` changes when a reader of the former would be misled. */
export function renderJson(report: LintReport): string {
  const { toolVersion, findings, counts, judged, clusters, notJudged, notices, notRun } = report;
  const value = {
    version: 1,
    tool: { name: 'k8sec', version: toolVersion },
    summary: { ...counts, judged },
    clusters,
    notJudged,
    notices: notices.map(({ cluster, ...notice }) => ({ ...notice, ...(cluster === '' ? {} : { cluster }) })),
    notRun,
    findings: findings.map(findingValue),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function findingValue(finding: Finding) {
  const { id, rule, severity, softened, message, hint, cluster, file, span, object, path, related, steps } = finding;
  return {
    id,
    rule,
    severity,
    ...(softened === undefined ? {} : { softened }),
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(cluster === '' ? {} : { cluster }),
    ...place(file, span),
    ...(object === undefined
      ? {}
      : {
          object: {
            apiVersion: object.apiVersion,
            kind: object.kind,
            ...(object.namespace === '' ? {} : { namespace: object.namespace }),
            name: object.name === '' ? object.generateName : object.name,
          },
        }),
    ...(path.length === 0 ? {} : { path: formatFieldPath(path) }),
    related: related.map((location) => ({ ...place(location.file, location.span), message: location.message })),
    steps,
  };
}

/** Lines and columns from 1, the end exclusive. */
function place(file: SourceFile, span: Span) {
  return { file: file.path, start: lineColumn(file, span.start), end: lineColumn(file, span.end) };
}
