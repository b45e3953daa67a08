import { goQuote } from '../../../lang/go-quote.ts';
import type { JsonObject } from '../../../model/object.ts';
import type { Reason } from '../../verdict.ts';
import type { AdmissionAttributes, Rejection } from './plugin.ts';

/** A plugin's refusal in the API server's words: `pods "nginx" is forbidden: …`, put together when first read. Mirrors admission.NewForbidden of apiserver, v1.24. */
export function forbidden(
  attributes: AdmissionAttributes,
  detail: string,
  because: readonly Reason[] = [],
  detailParts: readonly string[] = [],
): Rejection {
  const { group, resource } = attributes;
  const qualified = group === '' ? resource : `${resource}.${group}`;
  let message: string | undefined;
  return {
    code: 403,
    reason: 'Forbidden',
    get message() {
      return (message ??= `${qualified} ${goQuote(shownName(attributes))} is forbidden: ${detail}`);
    },
    messageParts: detailParts,
    because,
  };
}

/** The request's name, else the object's own, else the prefix of its generated name as it stands; what stands in for an unknown part is filled in. */
function shownName({ name, object, realName }: AdmissionAttributes): string {
  const metadata = object.metadata as JsonObject | undefined;
  for (const candidate of [name, metadata?.name, metadata?.generateName]) {
    if (typeof candidate === 'string' && candidate !== '') return realName?.(candidate) ?? candidate;
  }
  return 'Unknown';
}
