import { decodeBase64, encodeBase64, isCanonicalBase64 } from '../../../lang/base64.ts';
import { isObject, record, textFields } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import type { ObjectKind } from './object-kind.ts';

/** v1 Secret. Mirrors pkg/apis/core/v1 defaults and conversion, v1.24: `stringData` is a way of writing `data`. */
export const secretKind: ObjectKind = {
  group: '',
  kind: 'Secret',
  complete: (object) => {
    object.type ??= 'Opaque';
    for (const [key, value] of textFields(object.data)) {
      // Most are written as they are stored.
      if (isCanonicalBase64(value)) continue;
      const decoded = decodeBase64(value);
      // Line breaks are no part of the content.
      if ('bytes' in decoded && isObject(object.data)) object.data[key] = encodeBase64(decoded.bytes);
    }
    if (!isObject(object.stringData)) return;
    const data: JsonObject = { ...record(object.data) };
    for (const [key, value] of textFields(object.stringData)) data[key] = encodeBase64(new TextEncoder().encode(value));
    object.data = data;
    delete object.stringData;
  },
};
