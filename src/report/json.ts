/** A value as `--format json` prints it. */
export function renderJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
