import type { Analysis } from '../ask/analyze.ts';
import type { Finding } from '../lint/finding/finding.ts';
import type { SourceDocument } from '../text/source.ts';

/** How many broken documents are described: a user with more fixes these first. */
const MOST = 50;

/**
 * Adds to each finding about a document that could not be read which object the document was going to be, as far as a tolerant parser can
 * tell. That parser is loaded only where there is such a document.
 */
export async function describeBroken(analysis: Analysis): Promise<Analysis> {
  const broken = analysis.notJudged.filter(({ reason }) => reason === 'broken').slice(0, MOST);
  if (broken.length === 0) return analysis;
  const { recoverDocument } = await import('../text/recover.ts');
  const meant = new Map<SourceDocument, string>();
  for (const { document } of broken) {
    const { kind, name } = recoverDocument(document);
    if (kind !== '') meant.set(document, name === '' ? kind : `${kind} \`${name}\``);
  }
  const documents = [...meant.keys()];
  const describe = (finding: Finding): Finding => {
    if (finding.rule !== 'meta/parse') return finding;
    const around = documents.find(({ file, span }) => file === finding.file && contains(span, finding.span.start));
    const object = around === undefined ? undefined : meant.get(around);
    return object === undefined ? finding : { ...finding, message: `${finding.message} (in what would be ${object})` };
  };
  return { ...analysis, findings: analysis.findings.map(describe) };
}

function contains({ start, end }: SourceDocument['span'], offset: number): boolean {
  return start <= offset && offset <= end;
}
