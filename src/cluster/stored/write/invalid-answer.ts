import { goQuote } from '../../../lang/go-quote.ts';
import { aggregateMessages, type FieldError } from '../../index/field-error.ts';

/** From here on servers say the same only once. */
const FIRST_DIFFERENT = 36;

/**
 * Up to here Ingresses and NetworkPolicies are called by the group that they came from, since the internal group `extensions` registers their types
 * first. So does 1.24, and 1.37 does not.
 */
const LAST_IN_EXTENSIONS = 30;
const ONCE_IN_EXTENSIONS = ['Ingress', 'NetworkPolicy'];

/** The object that an answer is about. */
export interface Named {
  readonly kind: string;
  readonly group: string;
  readonly name: string;
}

/** The answer to an object that the validation of the server refuses: the whole message, and the causes that it lists. Mirrors apimachinery's errors.NewInvalid. */
export interface InvalidAnswer<Cause extends FieldError = FieldError> {
  readonly message: string;
  readonly causes: readonly Cause[];
}

/** The answer that complaints make, in their order; undefined where there are none. */
export function invalidAnswer<Cause extends FieldError>(
  { kind, group, name }: Named,
  errors: readonly Cause[],
  minor: number,
): InvalidAnswer<Cause> | undefined {
  const causes = minor < FIRST_DIFFERENT ? errors : different(errors);
  if (causes.length === 0) return undefined;
  const list = aggregateMessages(causes.map(({ message }) => message));
  const isOld = minor <= LAST_IN_EXTENSIONS && group === 'networking.k8s.io' && ONCE_IN_EXTENSIONS.includes(kind);
  const called = isOld ? 'extensions' : group;
  return { message: `${kind}${called === '' ? '' : `.${called}`} ${goQuote(name)} is invalid: ${list}`, causes };
}

function different<Cause extends FieldError>(errors: readonly Cause[]): readonly Cause[] {
  const known = new Set<string>();
  return errors.filter(({ message }) => {
    if (known.has(message)) return false;
    known.add(message);
    return true;
  });
}
