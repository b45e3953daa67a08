import type { Cluster } from '../../../cluster/index/cluster.ts';
import { objectsOfKind } from '../../../cluster/index/object-index.ts';
import { asWritten } from '../../../model/as-written.ts';
import { items, list, text } from '../../../model/json.ts';
import { POLICY_GROUP } from '../request/has-policies.ts';
import { askedByRules, webhookMatch } from './asked-by-rules.ts';
import type { OtherDecider } from './other-decider.ts';

const KINDS = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'] as const;

/** The webhooks that the API server calls. */
export function webhooks(cluster: Cluster): readonly OtherDecider[] {
  return KINDS.flatMap((kind) =>
    objectsOfKind(cluster, POLICY_GROUP, kind).flatMap((object) =>
      items(asWritten(object).webhooks).flatMap(([index, webhook]): OtherDecider[] => {
        const name = text(webhook.name);
        // One without rules takes nothing.
        if (list(webhook.rules).length === 0) return [];
        return [
          {
            object,
            path: ['webhooks', index],
            name,
            title: `${kind} \`${object.name}\` (webhook \`${name}\`)`,
            mayChange: kind === 'MutatingWebhookConfiguration',
            mayRefuse: true,
            takes: askedByRules(cluster, webhookMatch(webhook)),
          },
        ];
      }),
    ),
  );
}
