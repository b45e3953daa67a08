import { isBlank, isBreak } from './characters.ts';
import type { Scanner } from './scanner.ts';

/** Whether a blank, a line break or the end stands at an offset. */
export function endsWord(scanner: Scanner, offset: number): boolean {
  if (offset >= scanner.end) return true;
  const code = scanner.text.charCodeAt(offset);
  return isBlank(code) || isBreak(code);
}

/** Whether `---` or `...` stands alone at an offset. */
export function isDocumentIndicator(scanner: Scanner, offset: number): boolean {
  const code = scanner.at(offset);
  if (code !== 0x2d && code !== 0x2e) return false;
  return scanner.at(offset + 1) === code && scanner.at(offset + 2) === code && endsWord(scanner, offset + 3);
}
