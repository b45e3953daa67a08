const RFC3339 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** An RFC 3339 time as the server writes it back (UTC, whole seconds), or undefined for anything else. Mirrors metav1.Time. */
export function canonicalTime(text: string): string | undefined {
  const match = RFC3339.exec(text);
  if (match === null) return undefined;
  const [, time = '', zone = 'Z'] = match;
  const milliseconds = Date.parse(`${time}${zone}`);
  return Number.isNaN(milliseconds) ? undefined : `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
