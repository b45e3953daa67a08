import { isObject } from '../../../model/json.ts';
import { roundUpResources } from '../../defaults/default-container.ts';
import type { ObjectKind } from './object-kind.ts';

/** node.k8s.io RuntimeClass. */
export const runtimeClassKind: ObjectKind = {
  group: 'node.k8s.io',
  kind: 'RuntimeClass',
  complete: ({ overhead }) => {
    if (isObject(overhead) && isObject(overhead.podFixed))
      roundUpResources(overhead.podFixed as Record<string, string>);
  },
};
