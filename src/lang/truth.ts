/** What can be said of a statement when not everything is known. */
export type Truth = boolean | 'maybe';

/** Whether both of two statements hold. */
export function both(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false;
  return a === true && b === true ? true : 'maybe';
}

/** Whether at least one of two statements holds. */
export function either(a: Truth, b: Truth): Truth {
  if (a === true || b === true) return true;
  return a === false && b === false ? false : 'maybe';
}

/** Whether a statement does not hold. */
export function negated(truth: Truth): Truth {
  return truth === 'maybe' ? 'maybe' : !truth;
}
