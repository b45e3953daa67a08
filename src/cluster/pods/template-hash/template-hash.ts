import type { JsonObject } from '../../../model/object.ts';
import type { PodServer } from '../../index/feature-gates.ts';
import { dumpTemplate } from './dump-template.ts';
import { storedTemplate } from './stored-template.ts';
import { podTemplateType } from './template-types.ts';

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
/** No vowels, so that no word comes out. */
const SAFE = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * What the Deployment controller of that server puts into the name of the ReplicaSet it makes for a pod template (as the manifest has it),
 * the first time: `66b6c48dd5`. Undefined where it cannot be told: see `storedTemplate` and `dumpTemplate`. Mirrors ComputeHash of
 * pkg/controller/controller_utils.go and rand.SafeEncodeString of apimachinery.
 */
export function templateHash(template: JsonObject, server: PodServer): string | undefined {
  const stored = storedTemplate(template, server);
  const text = stored === undefined ? undefined : dumpTemplate(podTemplateType(server.minor), stored);
  return text === undefined ? undefined : safeEncoded(String(fnv32a(text)));
}

/** The FNV-1a hash of a text's UTF-8 bytes. */
function fnv32a(text: string): number {
  let hash = FNV_OFFSET;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) {
      hash = Math.imul(hash ^ code, FNV_PRIME);
      continue;
    }
    const point = text.codePointAt(index) ?? code;
    if (point > 0xffff) index++;
    for (const byte of utf8(point)) hash = Math.imul(hash ^ byte, FNV_PRIME);
  }
  return hash >>> 0;
}

/** The UTF-8 bytes of a character outside ASCII. */
function utf8(point: number): number[] {
  const last = 0x80 | (point & 0x3f);
  if (point < 0x800) return [0xc0 | (point >> 6), last];
  const third = 0x80 | ((point >> 6) & 0x3f);
  if (point < 0x10000) return [0xe0 | (point >> 12), third, last];
  return [0xf0 | (point >> 18), 0x80 | ((point >> 12) & 0x3f), third, last];
}

function safeEncoded(digits: string): string {
  let encoded = '';
  for (let index = 0; index < digits.length; index++) encoded += SAFE.charAt(digits.charCodeAt(index) % SAFE.length);
  return encoded;
}
