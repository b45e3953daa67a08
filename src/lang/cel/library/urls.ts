import { BOOL, type CelType, listType, mapType, STRING, structType } from '../types/cel-type.ts';
import { ArrayList, mapOf } from '../values/collections.ts';
import { decodeUtf8 } from '../values/convert.ts';
import { CelError, noSuchOverload, Opaque, type Value } from '../values/value.ts';
import { fn, type FunctionDecl, member, overload, type Run } from './declare.ts';
import { bytesText, escapedPath, type GoUrl, hostname, parseGoUrl, port, queryValues, urlText } from './go-url.ts';

export const URL_TYPE = structType('kubernetes.URL');

export class UrlValue extends Opaque {
  readonly type: CelType = URL_TYPE;
  readonly goType = 'cel.URL';
  readonly url: GoUrl;

  constructor(url: GoUrl) {
    super();
    this.url = url;
  }

  equals(other: Value): boolean | CelError {
    if (!(other instanceof UrlValue)) return other instanceof CelError ? other : noSuchOverload();
    return urlText(this.url) === urlText(other.url);
  }

  /** The URL as it is written. */
  get written(): string {
    return decoded(urlText(this.url));
  }
}

/** Bytes as text; those that are no UTF-8 each become the replacement character. */
function decoded(bytes: string): string {
  const text = decodeUtf8(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
  if (text !== undefined) return text;
  return Array.from(bytes, (character) => (character.charCodeAt(0) < 0x80 ? character : '\ufffd')).join('');
}

function on(run: (url: GoUrl) => string): Run {
  return (value = null) => (value instanceof UrlValue ? decoded(run(value.url)) : noSuchOverload());
}

function getter(name: string, id: string, run: (url: GoUrl) => string): FunctionDecl {
  return fn(name, member(id, [URL_TYPE], STRING, on(run)));
}

/** URLs. Mirrors the apiserver's pkg/cel/library/urls.go. */
export const URL_FUNCTIONS: readonly FunctionDecl[] = [
  fn(
    'url',
    overload('string_to_url', [STRING], URL_TYPE, (text = null) => {
      if (typeof text !== 'string') return noSuchOverload();
      const url = parseGoUrl(text);
      return 'error' in url
        ? new CelError(`URL parse error during conversion from string: ${url.error}`)
        : new UrlValue(url);
    }),
  ),
  getter('getScheme', 'url_get_scheme', ({ scheme }) => scheme),
  getter('getHost', 'url_get_host', ({ host }) => host),
  getter('getHostname', 'url_get_hostname', hostname),
  getter('getPort', 'url_get_port', port),
  getter('getEscapedPath', 'url_get_escaped_path', escapedPath),
  fn(
    'getQuery',
    member('url_get_query', [URL_TYPE], mapType(STRING, listType(STRING)), (value = null) => {
      if (!(value instanceof UrlValue)) return noSuchOverload();
      const entries = [...queryValues(value.url)];
      return mapOf(entries.map(([key, values]) => [decoded(key), new ArrayList(values.map(decoded))] as const));
    }),
  ),
  fn(
    'isURL',
    overload('is_url_string', [STRING], BOOL, (text = null) =>
      typeof text === 'string' ? isRequestUri(text) : noSuchOverload(),
    ),
  ),
];

/** Whether Go's url.ParseRequestURI takes a text; a fragment, which only url.Parse looks at, may be broken. */
function isRequestUri(text: string): boolean {
  return !('error' in parseGoUrl(bytesText(text).replace(/#.*$/s, (fragment) => fragment.replaceAll('%', ''))));
}
