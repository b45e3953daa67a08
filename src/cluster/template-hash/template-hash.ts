import type { JsonObject } from '../../model/object.ts';
import type { PodServer } from '../feature-gates.ts';
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
  const add = (byte: number): void => {
    hash = Math.imul(hash ^ byte, FNV_PRIME);
  };
  for (let index = 0; index < text.length; index++) {
    const code = text.codePointAt(index) ?? 0;
    if (code < 0x80) {
      add(code);
      continue;
    }
    if (code >= 0x800) {
      if (code >= 0x10000) {
        add(0xf0 | (code >> 18));
        add(0x80 | ((code >> 12) & 0x3f));
        index++;
      } else add(0xe0 | (code >> 12));
      add(0x80 | ((code >> 6) & 0x3f));
    } else add(0xc0 | (code >> 6));
    add(0x80 | (code & 0x3f));
  }
  return hash >>> 0;
}

function safeEncoded(digits: string): string {
  let encoded = '';
  for (let index = 0; index < digits.length; index++) encoded += SAFE.charAt(digits.charCodeAt(index) % SAFE.length);
  return encoded;
}
