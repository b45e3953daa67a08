import type { CelType } from './cel-type.ts';
import { DYN, isAssignableType, isDyn, isSameType, listType, mapType, opaqueType, typeOfType } from './cel-type.ts';

/** What type parameters stand for, as far as checking has found out; a guess that fails is undone. Mirrors cel-go's checker/mapping.go and types.go. */
export class Substitutions {
  private readonly found = new Map<string, CelType>();
  private readonly undo: { readonly name: string; readonly before: CelType | undefined }[] = [];

  /** Whether a type may stand where another is wanted; if so, what parameters must be for it is kept. */
  isAssignable(to: CelType, from: CelType): boolean {
    return this.attempt(() => this.assign(to, from));
  }

  /** The same for lists of types, pairwise and all or nothing. */
  areAssignable(to: readonly CelType[], from: readonly CelType[]): boolean {
    return this.attempt(() => this.assignAll(to, from));
  }

  /** A type with parameters replaced by what they are; the rest of them by dyn where `toDyn`. */
  substitute(type: CelType, toDyn: boolean): CelType {
    if (type.kind === 'param') {
      const found = this.found.get(type.name);
      if (found !== undefined) return this.substitute(found, toDyn);
      return toDyn ? DYN : type;
    }
    if (type.params.length === 0) return type;
    const [first = DYN, second = DYN] = type.params;
    switch (type.kind) {
      case 'opaque':
        return opaqueType(
          type.name,
          type.params.map((param) => this.substitute(param, toDyn)),
        );
      case 'list':
        return listType(this.substitute(first, toDyn));
      case 'map':
        return mapType(this.substitute(first, toDyn), this.substitute(second, toDyn));
      case 'type':
        return typeOfType(this.substitute(first, toDyn));
      default:
        return type;
    }
  }

  private attempt(assign: () => boolean): boolean {
    const mark = this.undo.length;
    if (assign()) return true;
    for (const { name, before } of this.undo.splice(mark).reverse()) {
      if (before === undefined) this.found.delete(name);
      else this.found.set(name, before);
    }
    return false;
  }

  private set(name: string, type: CelType): void {
    this.undo.push({ name, before: this.found.get(name) });
    this.found.set(name, type);
  }

  private assign(to: CelType, from: CelType): boolean {
    if (from.kind === 'param') {
      const { valid, known } = this.standsFor(to, from);
      if (valid) return true;
      if (known) return false;
    }
    if (to.kind === 'param') return this.standsFor(from, to).valid;
    if (isDyn(to) || isDyn(from) || to.kind === 'error' || from.kind === 'error') return true;
    if (to.kind === 'null') return acceptsNull(from);
    if (from.kind === 'null') return acceptsNull(to);
    switch (to.kind) {
      case 'type':
        return from.kind === 'type';
      case 'opaque':
      case 'list':
      case 'map':
        return to.kind === from.kind && to.name === from.name && this.assignAll(to.params, from.params);
      default:
        // The other way round, as cel-go asks it.
        return isAssignableType(from, to);
    }
  }

  private assignAll(to: readonly CelType[], from: readonly CelType[]): boolean {
    return to.length === from.length && to.every((type, index) => this.assign(type, from[index] ?? DYN));
  }

  /** Whether `type` may be what a parameter stands for. */
  private standsFor(type: CelType, param: CelType): { readonly valid: boolean; readonly known: boolean } {
    if (isSameType(type, param)) return { valid: true, known: true };
    const found = this.found.get(param.name);
    if (found !== undefined) {
      if (isSameType(type, found)) return { valid: true, known: true };
      if (!this.assign(type, found)) return { valid: false, known: true };
      const general = mostGeneral(type, found);
      if (this.isNotIn(param, general)) this.set(param.name, general);
      return { valid: true, known: true };
    }
    if (!this.isNotIn(param, type)) return { valid: false, known: false };
    this.set(param.name, type);
    return { valid: true, known: false };
  }

  private isNotIn(param: CelType, within: CelType): boolean {
    if (isSameType(param, within)) return false;
    if (within.kind === 'param') {
      const found = this.found.get(within.name);
      return found === undefined || this.isNotIn(param, found);
    }
    return within.params.every((each) => this.isNotIn(param, each));
  }
}

function acceptsNull({ kind, nullable }: CelType): boolean {
  return nullable || ['null', 'opaque', 'struct', 'any', 'duration', 'timestamp', 'dyn'].includes(kind);
}

/** The less specific of two types that agree. */
export function mostGeneral(left: CelType, right: CelType): CelType {
  return isLessSpecific(left, right) ? left : right;
}

function isLessSpecific(left: CelType, right: CelType): boolean {
  if (isDyn(left) || left.kind === 'param') return true;
  if (isDyn(right) || right.kind === 'param' || left.kind !== right.kind) return false;
  switch (left.kind) {
    case 'opaque':
      if (left.name !== right.name || left.params.length !== right.params.length) return false;
      break;
    case 'type':
      return true;
    case 'list':
    case 'map':
      break;
    default:
      return isSameType(left, right);
  }
  return left.params.every((param, index) => isLessSpecific(param, right.params[index] ?? DYN));
}
