const MOST_CHARACTERS = 4096;
const CUT_TO = 256;

/**
 * The warnings that reach the client: each once, none with control characters, and all cut short when there are too many. Mirrors the apiserver's
 * endpoints/filters/warning.go and apimachinery's NewWarningHeader.
 */
export function recordedWarnings(warnings: readonly string[]): readonly string[] {
  const different = [...new Set(warnings.filter((text) => text !== ''))];
  const whole = different.filter(isSendable);
  let written = 0;
  if (whole.every((text) => (written += Array.from(text).length) <= MOST_CHARACTERS)) return whole;
  const sent: string[] = [];
  written = 0;
  for (const text of whole) {
    if (written >= MOST_CHARACTERS) break;
    const characters = Array.from(text).slice(0, CUT_TO);
    written += characters.length;
    sent.push(characters.join(''));
  }
  return sent;
}

function isSendable(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return !/[\u0000-\u001f\u007f-\u009f]/.test(text);
}
