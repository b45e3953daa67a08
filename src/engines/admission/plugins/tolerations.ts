import type { Toleration } from '../../../model/kinds/scheduling.ts';

/*
 * Sets of tolerations as admission compares them. Mirrors pkg/util/tolerations and AddOrUpdateTolerationInPod of pkg/apis/core/helper, v1.24.
 */

/** Both lists as one; of tolerations that another includes only the other is kept. */
export function mergeTolerations(first: readonly Toleration[], second: readonly Toleration[]): readonly Toleration[] {
  const all = [...first, ...second];
  const merged: Toleration[] = [];
  for (const [index, toleration] of all.entries()) {
    const isKnown = merged.some((each) => includes(each, toleration));
    // Of equal ones the first is kept.
    const isIncluded = all.slice(index + 1).some((each) => !isSame(each, toleration) && includes(each, toleration));
    if (!isKnown && !isIncluded) merged.push(toleration);
  }
  return merged;
}

/** Whether each toleration is included in one of a list; an empty list allows all. */
export function areAllowed(tolerations: readonly Toleration[], allowed: readonly Toleration[]): boolean {
  return allowed.length === 0 || tolerations.every((each) => allowed.some((other) => includes(other, each)));
}

/** The list with a toleration put in the place of one that differs only in its seconds, or at the end. */
export function withToleration(tolerations: readonly Toleration[], toleration: Toleration): readonly Toleration[] {
  if (tolerations.some((each) => isSame(each, toleration))) return tolerations;
  const isMatched = tolerations.some((each) => isAlike(each, toleration));
  if (!isMatched) return [...tolerations, toleration];
  return tolerations.map((each) => (isAlike(each, toleration) ? toleration : each));
}

/** Whether a toleration tolerates all that another does. */
function includes(wide: Toleration, narrow: Toleration): boolean {
  if (isSame(wide, narrow)) return true;
  const { key = '', operator = '', value = '', effect = '', tolerationSeconds } = wide;
  // Without a key it matches all of them.
  if ((narrow.key ?? '') !== key && (key !== '' || operator !== 'Exists')) return false;
  if (effect !== '' && (narrow.effect ?? '') !== effect) return false;
  if (effect === 'NoExecute' && tolerationSeconds !== undefined) {
    if (narrow.tolerationSeconds === undefined || narrow.tolerationSeconds > tolerationSeconds) return false;
  }
  if (operator === 'Equal' || operator === '') return narrow.operator === 'Equal' && (narrow.value ?? '') === value;
  return operator === 'Exists';
}

function isSame(left: Toleration, right: Toleration): boolean {
  return isAlike(left, right) && left.tolerationSeconds === right.tolerationSeconds;
}

function isAlike(left: Toleration, right: Toleration): boolean {
  return (['key', 'operator', 'value', 'effect'] as const).every(
    (field) => (left[field] ?? '') === (right[field] ?? ''),
  );
}
