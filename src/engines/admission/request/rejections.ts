import { goQuote } from '../../../lang/go-quote.ts';
import { metadataOf, textOf } from '../../../cluster/stored/object-metadata.ts';
import type { Reason } from '../../verdict.ts';
import type { AdmissionAttributes, Rejection } from './plugin.ts';

/*
 * Refusals that are none of admission.NewForbidden (which `forbidden` words): what plugins return otherwise, as the server shows it. Mirrors
 * apimachinery pkg/api/errors and apiserver endpoints/handlers/responsewriters/status.go, v1.24.
 */

/** `pods "nginx" is forbidden: …` by the object's own name alone; without one it is left out. Mirrors errors.NewForbidden. */
export function forbiddenObject(
  { group, resource, object, realName }: AdmissionAttributes,
  detail: string,
  because: readonly Reason[] = [],
): Rejection {
  const qualified = group === '' ? resource : `${resource}.${group}`;
  const name = textOf(metadataOf(object).name);
  const named = name === '' ? qualified : `${qualified} ${goQuote(realName?.(name) ?? name)}`;
  return rejection(403, 'Forbidden', `${named} is forbidden: ${detail}`, because);
}

/** `namespaces "x" not found`. Mirrors errors.NewNotFound. */
export function notFound(resource: string, name: string): Rejection {
  return rejection(404, 'NotFound', `${resource} ${goQuote(name)} not found`);
}

/** `Internal error occurred: …`. Mirrors errors.NewInternalError. */
export function internalError(detail: string): Rejection {
  return rejection(500, 'InternalError', `Internal error occurred: ${detail}`);
}

/** An error that is no status: its bare text with code 500. */
export function plainError(message: string, because: readonly Reason[] = []): Rejection {
  return rejection(500, '', message, because);
}

function rejection(code: number, reason: string, message: string, because: readonly Reason[] = []): Rejection {
  return { code, reason, message, messageParts: [], because };
}
