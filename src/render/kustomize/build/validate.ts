import type { Span } from '../../../text/tree.ts';
import type { YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { goJson } from '../node/go-json.ts';
import type { Resource } from '../resource/resource.ts';
import type { ResourceList } from '../resource/resource-list.ts';
import type { Plugin } from './plugins.ts';
import type { Transformer } from './transformers.ts';

/** Runs validators, which are transformers that must change nothing. */
export function validate(list: ResourceList, validators: readonly Plugin<Transformer>[], span: Span | undefined): void {
  for (const { step } of validators) {
    const before = list.items.map(snapshot);
    step.run(list);
    const changed = list.items.find((item, index) => snapshot(item) !== before[index]);
    if (changed === undefined && list.items.length === before.length) continue;
    const about = changed === undefined ? undefined : goJson(changed.root);
    throw new KustomizeFailure("validator shouldn't modify the resource map", span, undefined, about);
  }
}

function snapshot(item: Resource): string {
  const plain = (node: YamlNode): unknown => [node.kind, node.tag, node.value, node.content.map(plain)];
  return JSON.stringify(plain(item.root));
}
