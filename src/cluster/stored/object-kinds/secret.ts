import type { ObjectKind } from './object-kind.ts';

/** v1 Secret. Mirrors pkg/apis/core/v1 defaults and conversion, v1.24: `stringData` is a way of writing `data`. */
export const secretKind: ObjectKind = {
  group: '',
  kind: 'Secret',
  complete: (object) => {
    object.type ??= 'Opaque';
  },
};
