import type { FieldPath } from '../text/tree.ts';
import { fieldOf, goTypeName } from './types/type.ts';
import type { Type } from './types/type.ts';
import type { WrongTypeFault } from './types/type-faults.ts';

/**
 * What the API server says about a wrongly typed value of a built-in kind: it names the Go struct and field, without list indexes and map keys.
 * Mirrors UnmarshalTypeError of Go's encoding/json and the error context of sigs.k8s.io/json.
 */
export function goTypeError(fault: WrongTypeFault, root: Type, minor: number): string {
  if (fault.error !== undefined) return fault.error;
  const { struct, stack } = context(fault.path, root, minor);
  const field = stack === '' ? 'value' : `struct field ${struct}.${stack}`;
  return `json: cannot unmarshal ${fault.got} into Go ${field} of type ${goTypeName(fault.type)}`;
}

/** The innermost struct on the path and the names of all fields, embedded structs among them. */
function context(path: FieldPath, root: Type, minor: number): { readonly struct: string; readonly stack: string } {
  let type: Type | undefined = root;
  let struct = '';
  const stack: string[] = [];
  for (const segment of path) {
    if (type?.kind === 'pointer') type = type.to;
    if (type?.kind === 'struct') {
      const owner = type.resolve();
      const field = fieldOf(owner, String(segment), minor);
      if (field === undefined) break;
      struct = owner.name.slice(owner.name.lastIndexOf('.') + 1);
      if (field.via !== '') stack.push(field.via);
      stack.push(field.name);
      type = field.type;
    } else type = type?.kind === 'slice' || type?.kind === 'map' ? type.of : undefined;
  }
  return { struct, stack: stack.join('.') };
}

/** A path as strict decoding errors spell it: keys joined by dots whatever they hold, indexes in brackets. */
export function strictPath(path: FieldPath): string {
  let text = '';
  for (const segment of path) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else text += text === '' ? segment : `.${segment}`;
  }
  return text;
}
