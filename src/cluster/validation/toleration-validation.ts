import type { Toleration } from '../../model/kinds/scheduling.ts';
import type { FieldPath } from '../../text/tree.ts';
import { type FieldError, invalidField, unsupportedField } from '../index/field-error.ts';
import { labelValueErrors, qualifiedNameErrors } from './name-formats.ts';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** What the API's validation finds wrong with tolerations. Mirrors ValidateTolerations of pkg/apis/core/validation, v1.24. */
export function tolerationErrors(tolerations: readonly Toleration[], path: FieldPath): readonly FieldError[] {
  return tolerations.flatMap((toleration, index) => errorsOf(toleration, [...path, index]));
}

function errorsOf(toleration: Toleration, path: FieldPath): readonly FieldError[] {
  const { key = '', operator = '', value = '', effect = '', tolerationSeconds } = toleration;
  const errors: FieldError[] = [];
  if (key !== '') errors.push(...qualifiedNameErrors(key).map((error) => invalidField([...path, 'key'], key, error)));
  if (key === '' && operator !== 'Exists') {
    const detail = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
    errors.push(invalidField([...path, 'operator'], operator, detail));
  }
  if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
    const detail = "effect must be 'NoExecute' when `tolerationSeconds` is set";
    errors.push(invalidField([...path, 'effect'], effect, detail));
  }
  if (operator === '' || operator === 'Equal') {
    const wrong = labelValueErrors(value);
    if (wrong.length > 0) errors.push(invalidField([...path, 'operator'], value, wrong.join(';')));
  } else if (operator === 'Exists') {
    if (value !== '')
      errors.push(invalidField([...path, 'operator'], value, "value must be empty when `operator` is 'Exists'"));
  } else errors.push(unsupportedField([...path, 'operator'], operator, ['Equal', 'Exists']));
  if (effect !== '' && !EFFECTS.includes(effect)) errors.push(unsupportedField([...path, 'effect'], effect, EFFECTS));
  return errors;
}
