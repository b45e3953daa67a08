import { modelShape } from '../../../cluster/defaults/model-shape.ts';
import { normalize } from '../../../cluster/defaults/shape.ts';
import { structReference } from '../../../model/types/schemas.ts';
import { decodeAs } from '../../../model/types/strict-decode.ts';
import type { Toleration } from '../../../model/kinds/scheduling.ts';
import { plainJson } from '../../../model/object-value.ts';
import { NEWEST_MINOR } from '../../../model/versions.ts';
import { readJson } from '../../../text/json/read-json.ts';

/**
 * The tolerations that an annotation of a namespace holds as JSON: undefined without the annotation, none for an empty one, a text for what
 * the server cannot read. Mirrors extractNSTolerations of plugin/pkg/admission/podtolerationrestriction, v1.24.
 */
export function namespaceTolerations(
  annotations: Readonly<Record<string, string>>,
  key: string,
): readonly Toleration[] | string | undefined {
  const text = Object.hasOwn(annotations, key) ? (annotations[key] ?? '') : undefined;
  if (text === undefined || text === '') return text === undefined ? undefined : [];
  const { root, error } = readJson(text, 0, text.length, 'body');
  if (root === undefined) return error?.message ?? 'unexpected end of JSON input';
  const type = { kind: 'slice', of: structReference('core.v1.Toleration'), name: '' } as const;
  const { decodeError } = decodeAs(root, type, { minor: NEWEST_MINOR, duplicates: false, sorted: false });
  if (decodeError !== undefined) return decodeError;
  const items = plainJson(root);
  const shape = modelShape('core.v1.Toleration');
  return Array.isArray(items) ? items.map((item) => normalize(shape, item, NEWEST_MINOR)) : [];
}
