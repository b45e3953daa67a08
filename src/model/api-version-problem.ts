import { nearest } from '../lang/nearest.ts';
import type { ApiStatus } from './api-versions.ts';
import { replacementOf } from './api-versions.ts';
import { kindsOf } from './kind-facts.ts';
import type { KindFacts } from './kind-facts.ts';
import type { Severity } from './model-problem.ts';
import type { ManifestObject } from './object.ts';

/** What to say about an object's API version or kind, and at which of its keys. */
export interface ApiVersionProblem {
  readonly rule: 'api-version' | 'unknown-kind';
  readonly key: 'apiVersion' | 'kind';
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
}

/** Files of clients and components that look like objects and are never sent to a server. */
const NO_OBJECTS = new Set(['v1 Config']);

/** What is wrong with an object's API version or kind in 1.`minor`; undefined where nothing is, or nothing is known. */
export function apiVersionProblem(
  object: ManifestObject,
  status: ApiStatus,
  minor: number,
): ApiVersionProblem | undefined {
  const { apiVersion, kind } = object;
  switch (status.status) {
    case 'served':
      return status.deprecated ? deprecated(status.facts, minor) : undefined;
    case 'removed':
      return gone(object, `no longer served: removed in 1.${status.facts.until + 1}`, minor);
    case 'not-yet':
      return gone(object, `served from 1.${status.facts.since} on`, minor);
    case 'elsewhere':
      return gone(object, `in the API group, but not in this version`, minor);
    case 'unknown-kind': {
      if (NO_OBJECTS.has(`${apiVersion} ${kind}`)) return undefined;
      const near = nearest(kind, kindsOf(apiVersion).keys());
      const elsewhere = replacementOf(apiVersion, kind, minor);
      const hint =
        near !== undefined
          ? `did you mean \`${near}\`?`
          : elsewhere === undefined
            ? 'correct the kind, or, if it is a custom kind, use an API group of your own'
            : `write \`apiVersion: ${elsewhere.apiVersion}\``;
      // Files of tools may look like objects; one that is a letter away from a kind, or has the group of another, was meant to be one.
      const severity = near === undefined && elsewhere === undefined ? 'warning' : 'error';
      return { rule: 'unknown-kind', key: 'kind', severity, message: noMatches(object), hint };
    }
    case 'unknown-group':
      return undefined;
  }
}

/** The server's answer, through kubectl. */
export function noMatches({ apiVersion, kind }: ManifestObject): string {
  return `no matches for kind "${kind}" in version "${apiVersion}"`;
}

function gone(object: ManifestObject, why: string, minor: number): ApiVersionProblem {
  const instead = replacementOf(object.apiVersion, object.kind, minor);
  const write =
    instead === undefined ? '' : `; write \`apiVersion: ${instead.apiVersion}\`${kindToo(object.kind, instead.kind)}`;
  const message = noMatches(object);
  const hint = `${object.apiVersion} ${object.kind} is ${why}, the target is 1.${minor}${write}`;
  return { rule: 'api-version', key: 'apiVersion', severity: 'error', message, hint };
}

function kindToo(kind: string, other: string): string {
  return kind === other ? '' : ` and \`kind: ${other}\``;
}

/** The server's warning of a kind that it will not serve for ever. Mirrors apiserver, pkg/endpoints/deprecation/deprecation.go. */
export function deprecationWarning({
  apiVersion,
  kind,
  deprecated: since = 0,
  removed,
  replacement,
}: KindFacts): string {
  const unavailable = removed === undefined ? '' : `, unavailable in v1.${removed}+`;
  const instead = replacement === undefined ? '' : `; use ${replacement.apiVersion} ${replacement.kind}`;
  return `${apiVersion} ${kind} is deprecated in v1.${since}+${unavailable}${instead}`;
}

function deprecated(facts: KindFacts, minor: number): ApiVersionProblem {
  const { apiVersion, kind } = facts;
  const message = deprecationWarning(facts);
  const better = replacementOf(apiVersion, kind, minor);
  const hint =
    better === undefined ? undefined : `write \`apiVersion: ${better.apiVersion}\`${kindToo(kind, better.kind)}`;
  return {
    rule: 'api-version',
    key: 'apiVersion',
    severity: 'warning',
    message,
    ...(hint === undefined ? {} : { hint }),
  };
}
