import { once } from '../../lang/once.ts';
import { STRUCTS } from '../data/structs.ts';
import { parseStruct } from './packed-types.ts';
import type { Struct, StructReference } from './type.ts';

const lines = once(() => index(STRUCTS));
const structs = new Map<string, Struct>();

/**
 * The struct of that name (`core.v1.PodSpec`), parsed on first use; for a name without one, a struct that takes any field.
 * Facts: OpenAPI definitions of Kubernetes 1.11 to 1.37, the Go types of k8s.io/api v0.37.2 and v0.24.17, Calico's schemas.
 */
export function structNamed(name: string): Struct {
  let struct = structs.get(name);
  if (struct === undefined) {
    const line = lines().get(name);
    struct = line === undefined ? { name, fields: new Map(), open: true } : parseStruct(line, structNamed);
    structs.set(name, struct);
  }
  return struct;
}

function index(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split('\n')) {
    const tab = line.indexOf('\t');
    found.set(line.slice(0, line.charCodeAt(tab - 1) === 0x21 ? tab - 1 : tab), line);
  }
  return found;
}

/** A reference to a struct of the schemas. */
export function structReference(name: string): StructReference {
  return { kind: 'struct', name, resolve: () => structNamed(name) };
}
