/** Whether a text may name a port. Mirrors apimachinery's IsValidPortName. */
export function isPortName(text: string): boolean {
  return (
    text.length <= 15 &&
    /^[-a-z\d]+$/.test(text) &&
    /[a-z]/.test(text) &&
    !text.includes('--') &&
    !text.startsWith('-') &&
    !text.endsWith('-')
  );
}
