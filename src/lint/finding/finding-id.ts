/** What a finding is about, line numbers aside. */
export interface Identity {
  readonly rule: string;
  readonly cluster: string;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** The field path as text; for a finding without an object, the path of its file and the place's own name. */
  readonly place: string;
  readonly messageKey: string;
}

/** The stable id of an identity: 16 hexadecimal digits. */
export function findingId(identity: Identity): string {
  const { rule, cluster, group, kind, namespace, name, place, messageKey } = identity;
  return hash64([rule, cluster, group, kind, namespace, name, place, messageKey].join('\u0000'));
}

/** An id derived from another, for a second finding of the same identity: `what` tells the two apart. */
export function derivedId(id: string, what: string): string {
  return hash64(`${id}\u0000${what}`);
}

/** 64 bits as two 32-bit FNV-1a lanes of different offset, mixed at the end: identity, not security. */
function hash64(text: string): string {
  let low = 0x811c9dc5;
  let high = 0xcbf29ce4;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ (unit + index), 0x85ebca6b);
  }
  low = Math.imul(low ^ (high >>> 15), 0xc2b2ae35);
  high = Math.imul(high ^ (low >>> 13), 0x27d4eb2f);
  return hex(high ^ (high >>> 16)) + hex(low ^ (low >>> 16));
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
