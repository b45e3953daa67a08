import { isObject } from '../../../model/json.ts';
import type { Toleration } from '../../../model/kinds/scheduling.ts';
import type { JsonObject } from '../../../model/object.ts';
import { roundUpResources } from '../../defaults/default-container.ts';
import { invalidField } from '../../index/field-error.ts';
import { withPlainPrefix } from '../../index/generated-name.ts';
import { metadataErrors } from '../../validation/metadata-validation.ts';
import { dnsLabelErrors, dnsSubdomainErrors } from '../../validation/name-formats.ts';
import { metadataOf, textOf } from '../object-metadata.ts';
import { requirementErrors } from '../../validation/resource-validation.ts';
import { tolerationErrors } from '../../validation/toleration-validation.ts';
import type { ObjectKind } from './object-kind.ts';

/** node.k8s.io RuntimeClass. Mirrors pkg/apis/node/validation, v1.24, for v1beta1 and v1. */
export const runtimeClassKind: ObjectKind = {
  group: 'node.k8s.io',
  kind: 'RuntimeClass',
  complete: ({ overhead }) => {
    if (isObject(overhead) && isObject(overhead.podFixed))
      roundUpResources(overhead.podFixed as Record<string, string>);
  },
  errors: (object) => {
    const { handler, overhead, scheduling } = object;
    const errors = metadataErrors(withPlainPrefix(metadataOf(object)), false, dnsSubdomainErrors);
    // The alpha version has its fields in a spec.
    if (isObject(object.spec)) return errors;
    errors.push(
      ...dnsLabelErrors(textOf(handler)).map((message) => invalidField(['handler'], textOf(handler), message)),
    );
    if (isObject(overhead)) {
      const limits = (isObject(overhead.podFixed) ? overhead.podFixed : {}) as Record<string, string>;
      errors.push(...requirementErrors({ limits }, ['overhead']));
    }
    if (isObject(scheduling)) errors.push(...schedulingErrors(scheduling));
    return errors;
  },
};

function schedulingErrors({ tolerations = [] }: JsonObject): ReturnType<typeof tolerationErrors> {
  // Upstream names the list twice.
  return tolerationErrors(tolerations as readonly Toleration[], ['scheduling', 'tolerations', 'tolerations']);
}
