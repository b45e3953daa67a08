/** A path cut at a delimiter, which a backslash before it keeps (mirrors sigs.k8s.io/kustomize/kyaml v0.21.2, utils/pathsplitter.go). */
export function splitPath(path: string, delimiter: string): string[] {
  let parts = path.split(delimiter);
  if (parts.length > 1 && parts[0] === '') parts = parts.slice(1);
  if (!path.includes('\\')) return parts;
  const result = [parts[0] ?? ''];
  for (const part of parts.slice(1)) {
    const last = result.at(-1) ?? '';
    if (last.endsWith('\\')) result[result.length - 1] = last.slice(0, -1) + delimiter + part;
    else result.push(part);
  }
  return result;
}

/** A path cut at dots that are in no brackets: `[name=a.b]` stays, `[a.b]` becomes the field `a.b`. */
export function splitFieldPath(path: string): string[] {
  const parts = splitPath(path, '.');
  const result: string[] = [];
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] ?? '';
    if (!part.startsWith('[') || part.endsWith(']')) {
      result.push(part);
      continue;
    }
    const bracketed = [part];
    while (index < parts.length - 1) {
      const next = parts[++index] ?? '';
      bracketed.push(next);
      if (next.endsWith(']')) break;
    }
    const joined = bracketed.join('.');
    result.push(joined.includes('=') ? joined : joined.replace(/^[[\]]+|[[\]]+$/g, ''));
  }
  return result;
}

/** `[name=value]`, or `[=value]` for the items themselves. */
export function isListIndex(part: string): boolean {
  return part.startsWith('[') && part.endsWith(']');
}

/** A number that counts from 0. */
export function isIndexNumber(part: string): boolean {
  return /^\+?\d+$/.test(part) || /^-0+$/.test(part);
}
