import { compareBytes } from '../../../lang/byte-order.ts';
import { labelSelectorMatches, labelSelectorProblems } from '../../../lang/label-selector.ts';
import type { ParamRef } from '../../../model/kinds/admission-policy.ts';
import { type HostObject, labelsOf, metadataOf, type ParamObjects } from './policy-request.ts';

/** The parameters that a policy is evaluated with, once each; undefined for none. A text is an error. */
export type Params = readonly (HostObject | undefined)[] | string;

/**
 * Finds the parameters of a binding, in the order of their names. `objects` are those of the policy's kind. Mirrors CollectParams of the
 * apiserver's plugin/policy/generic, which leaves the order to chance.
 */
export function collectParams(
  { namespaced, objects }: ParamObjects,
  reference: ParamRef,
  requestNamespace: string,
): Params {
  const { name, namespace, selector, parameterNotFoundAction } = reference;
  const from = namespace === '' ? requestNamespace : namespace;
  if (namespaced && from === '')
    return 'cannot use namespaced paramRef in policy binding that matches cluster-scoped resources';
  if (!namespaced && namespace !== '')
    return 'paramRef.namespace must not be provided for a cluster-scoped `paramKind`';
  if (name === '' && selector === undefined) return 'one of name or selector must be provided';
  if (name !== '' && selector !== undefined) return 'paramRef.name and paramRef.selector are mutually exclusive';
  const [problem] = labelSelectorProblems(selector ?? {});
  if (problem !== undefined) return problem;
  const found = objects.filter(
    (object) =>
      (!namespaced || nameOf(object, 'namespace') === from) &&
      (selector === undefined ? nameOf(object, 'name') === name : labelSelectorMatches(selector, labelsOf(object))),
  );
  if (found.length === 0 && parameterNotFoundAction === 'Deny')
    return 'no params found for policy binding with `Deny` parameterNotFoundAction';
  return found.toSorted((a, b) => compareBytes(nameOf(a, 'name'), nameOf(b, 'name')));
}

function nameOf(object: HostObject, field: 'name' | 'namespace'): string {
  const value = metadataOf(object)[field];
  return typeof value === 'string' ? value : '';
}
