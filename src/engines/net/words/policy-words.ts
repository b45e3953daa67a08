import { formatFieldPath } from '../../../text/tree.ts';
import type { ImplicitObject } from '../../../cluster/index/implicit-object.ts';
import type { ManifestObject } from '../../../model/object.ts';
import type { ObjectName, Policy, Rule } from '../form/normal-form.ts';

/** `NetworkPolicy wordpress/allow-egress`. */
export function objectTitle({ kind, namespace, name }: ObjectName): string {
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}

/** `spec.egress[0] of NetworkPolicy wordpress/allow-egress`. */
export function ruleTitle({ origin }: Rule): string {
  return `${formatFieldPath(origin.path)} of ${objectTitle(origin.object)}`;
}

/** `tier default, order 200`. */
export function policyPlace({ tier, order }: Policy): string {
  return `tier ${tier}, ${order === Infinity ? 'no order' : `order ${order}`}`;
}

/** The manifest of an object, or what stands for it where there is none. */
export function writtenOrImplicit(object: ObjectName, origin: string): ManifestObject | ImplicitObject {
  if (object.manifest !== undefined) return object.manifest;
  const { apiVersion, kind, namespace, name } = object;
  return { implicit: true, apiVersion, kind, namespace, name, origin };
}
