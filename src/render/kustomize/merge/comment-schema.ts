import type { Json } from '../../../model/object.ts';
import type { YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import type { Schema, Schemas } from './schema.ts';

/** A schema that comments gave, which may be one that says nothing and still counts. */
export interface CommentSchema {
  readonly schema: Schema | undefined;
}

/**
 * The schema that the comment behind a node, or above it, is read as: any JSON object, whatever it was written for (mirrors
 * sigs.k8s.io/kustomize/kyaml v0.21.2, fieldmeta, `Read`).
 */
export function commentSchema(node: YamlNode | undefined, schemas: Schemas): CommentSchema | undefined {
  if (node === undefined) return undefined;
  for (const comment of [node.lineComment, node.headComment]) {
    if (comment === '') continue;
    const parsed = parseObject(comment.replace(/^#+/, ''));
    if (parsed === undefined || Object.keys(parsed).length === 0) return undefined;
    return { schema: schemas.fromJson(parsed) ?? NO_MERGE };
  }
  return undefined;
}

const NO_MERGE: Schema = { mergeKeys: undefined, field: () => undefined, items: () => undefined };

function parseObject(text: string): Record<string, Json> | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Record<string, Json>;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
