/**
 * Every report as text, under the name of its question. Those about pods take one cluster of an answer (`answer.clusters`) or, where they
 * explain, one pod of it; all others take the whole answer. `PLAIN` in place of colours gives text without escapes.
 */
export { renderAdmission as renderAdmit } from './admit/admit-table.ts';
export { renderAdmissionWalk as renderAdmitExplain } from './admit/admit-explain.ts';
export { renderClusters } from './clusters.ts';
export { renderJson } from './json.ts';
export { renderFooter } from './lint/footer.ts';
export { renderOneline } from './lint/oneline.ts';
export { renderPretty } from './lint/pretty.ts';
export type { PrettyStyle } from './lint/pretty.ts';
export { renderDiff as renderNetDiff, renderDiffMarkdown as renderNetDiffMarkdown } from './net/net-diff.ts';
export { renderExposure as renderNetExposure } from './net/net-exposure.ts';
export { renderFlows as renderNetFlow } from './net/net-flow.ts';
export {
  renderList as renderNetList,
  renderListCsv as renderNetListCsv,
  renderListJson as renderNetListJson,
} from './net/net-list.ts';
export {
  renderMatrixCsv as renderNetMatrixCsv,
  renderMatrixMarkdown as renderNetMatrixMarkdown,
} from './net/net-matrix-data.ts';
export { renderMatrix as renderNetMatrix } from './net/net-matrix.ts';
export { renderDot as renderNetDot } from './net/picture/net-dot.ts';
export { renderMermaid as renderNetMermaid } from './net/picture/net-mermaid.ts';
export { renderSvg as renderNetSvg } from './net/picture/net-svg.ts';
export { renderPage } from './page.ts';
export { PLAIN } from './paint.ts';
export type { Paint } from './paint.ts';
export { renderAccountMatrix as renderPspAccounts } from './psp/psp-accounts.ts';
export { renderExplanation as renderPspExplain } from './psp/psp-explain.ts';
export { renderMatrix as renderPspMatrix } from './psp/psp-matrix.ts';
export { renderMigration as renderPspMigrate } from './psp/psp-migration.ts';
export { renderRules } from './rules.ts';
