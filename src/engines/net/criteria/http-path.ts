/**
 * The form in which paths of requests and rules are compared, as a text of bytes (one character each): without query, unescaped
 * once, without `;` parameters, `.` and `..` resolved. undefined when it cannot be had safely. Mirrors app-policy/checker/match.go
 * normalizeHTTPPath, v3.32.
 */
export function normalizeHttpPath(path: string): string | undefined {
  const end = path.search(/[?#]/);
  const decoded = unescape(utf8Bytes(end < 0 ? path : path.slice(0, end)));
  if (decoded === undefined || /%(?:2e|2f|5c)/i.test(decoded) || decoded.includes('\0')) return undefined;
  const slashed = decoded.replaceAll('\\', '/');
  if (!slashed.startsWith('/')) return undefined;
  return clean(slashed.replace(/;[^/]*/g, ''));
}

/** Whether a normalised path lies under a normalised prefix; prefixes end at segments. */
export function isUnderHttpPrefix(path: string, prefix: string): boolean {
  return prefix === '/' || path === prefix || path.startsWith(`${prefix}/`);
}

function utf8Bytes(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text;
  return encodeURI(text.replaceAll('%', '%25')).replaceAll(/%[\dA-F]{2}/g, (escape) =>
    String.fromCharCode(parseInt(escape.slice(1), 16)),
  );
}

function unescape(text: string): string | undefined {
  if (/%(?![\dA-F]{2})/i.test(text)) return undefined;
  return text.replaceAll(/%[\dA-F]{2}/gi, (escape) => String.fromCharCode(parseInt(escape.slice(1), 16)));
}

/** Go's path.Clean of a path that begins with `/`. */
function clean(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `/${segments.join('/')}`;
}
