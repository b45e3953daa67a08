import { groupBy } from '../../lang/group-by.ts';
import { listed } from '../../lang/listed.ts';
import { fillMessage } from '../finding/message.ts';
import { type Place, resolvePlace } from '../finding/place.ts';
import type { Rule, SaidWords } from '../rule/definition.ts';
import { baseId } from './make-finding.ts';
import type { Draft } from './order-findings.ts';

/** Up to this many findings of a message stand each at its own place. */
const FEW = 3;

/** How many names the message of many names. */
const NAMED = 5;

/** One finding of a rule in a cluster, about all its manifests, in place of many of a message that has words for it; each becomes a related place. `said` are the words of each, `cluster` is where it stands. */
export function putTogether(
  rule: Pick<Rule, 'id' | 'messages'>,
  drafts: readonly Draft[],
  said: ReadonlyMap<Draft, SaidWords>,
  cluster: Place,
): readonly Draft[] {
  return [...groupBy(drafts, ({ messageKey, severity }) => `${messageKey} ${severity}`).values()].flatMap((same) => {
    const [first] = same;
    const message = first && rule.messages[first.messageKey];
    if (first === undefined || typeof message !== 'object' || message.many === undefined || same.length <= FEW)
      return same;
    const { softened, messageKey, severity } = first;
    const place = resolvePlace(cluster);
    const hints = new Set(same.map(({ hint }) => hint));
    return [
      {
        baseId: baseId(rule.id, first.cluster, place, messageKey),
        rule: rule.id,
        severity,
        ...(softened === undefined ? {} : { softened }),
        messageKey,
        message: fillMessage(message.many, {
          ...namesOf(same.map((draft) => said.get(draft) ?? {})),
          count: same.length,
        }),
        file: place.file,
        span: place.span,
        path: [],
        isOfCluster: true,
        related: same.map(({ file, span, message: text, hint }) => ({ file, span, message: hint ?? text })),
        ...(hints.size === 1 && first.hint !== undefined ? { hint: first.hint } : {}),
        cluster: first.cluster,
        steps: [],
      },
    ];
  });
}

/** What filled each placeholder, the first few. */
function namesOf(said: readonly SaidWords[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(said[0] ?? {}).map((key) => {
      const values = new Set(said.map((words) => `\`${String(words[key] ?? '')}\``));
      return [key, listed([...values], NAMED)];
    }),
  );
}
