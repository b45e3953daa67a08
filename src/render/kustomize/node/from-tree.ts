import type { Tree } from '../../../text/tree.ts';
import { newNode, type YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { resolvePlainV3 } from '../../../text/yaml/resolve/resolve-v3.ts';
import { scalarNode } from './edit.ts';
import { keyIndex } from './fields.ts';

/** The nodes of a value that was read as JSON; of repeated keys the last counts. */
export function nodeFromTree(tree: Tree): YamlNode {
  switch (tree.type) {
    case 'map': {
      const map = newNode('map', tree);
      map.tag = '!!map';
      for (const { key, keyStart, keyEnd, value } of tree.entries) {
        const index = keyIndex(map, key);
        const entry = [scalarNode(key, '!!str', { start: keyStart, end: keyEnd }), nodeFromTree(value)];
        if (index < 0) map.content.push(...entry);
        else map.content.splice(index, 2, ...entry);
      }
      return map;
    }
    case 'list': {
      const list = newNode('list', tree);
      list.tag = '!!seq';
      list.content = tree.items.map(nodeFromTree);
      return list;
    }
    case 'string': {
      const node = scalarNode(tree.value, '!!str', tree);
      if (resolvePlainV3(tree.value).tag !== '!!str') node.style = 'double';
      return node;
    }
    case 'number':
      return scalarNode(tree.literal, resolvePlainV3(tree.literal).tag, tree);
    case 'boolean':
      return scalarNode(String(tree.value), '!!bool', tree);
    case 'null':
      return scalarNode('null', '!!null', tree);
  }
}
