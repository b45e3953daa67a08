import { goQuote } from '../../go-quote.ts';
import { utf8 } from '../values/text.ts';
import { parseGoAddress } from './go-address.ts';

/** A URL as Go's net/url holds it. Texts are bytes, one a character, so that escapes that are no UTF-8 survive. */
export interface GoUrl {
  readonly scheme: string;
  readonly opaque: string;
  readonly user: { readonly name: string; readonly password: string | undefined } | undefined;
  readonly host: string;
  readonly path: string;
  readonly rawPath: string;
  readonly query: string;
  readonly forceQuery: boolean;
  readonly fragment: string;
  readonly rawFragment: string;
  readonly omitHost: boolean;
}

type Mode = 'path' | 'user' | 'host' | 'zone' | 'query' | 'fragment';

class UrlError extends Error {}

/** A text as its UTF-8 bytes, one a character. */
export function bytesText(text: string): string {
  return Array.from(utf8(text), (byte) => String.fromCharCode(byte)).join('');
}

/** Reads a URL, or tells what Go says. Mirrors url.ParseRequestURI, followed by url.Parse as the server does. */
export function parseGoUrl(text: string): GoUrl | { readonly error: string } {
  const raw = bytesText(text);
  try {
    parse(raw, true);
  } catch (error) {
    if (error instanceof UrlError) return { error: `parse ${goQuote(text)}: ${error.message}` };
    throw error;
  }
  const hash = raw.indexOf('#');
  const url = parse(hash < 0 ? raw : raw.slice(0, hash), false);
  const written = hash < 0 ? '' : raw.slice(hash + 1);
  if (written === '') return url;
  try {
    const fragment = unescape(written, 'fragment');
    return { ...url, fragment, rawFragment: written === escape(fragment, 'fragment') ? '' : written };
  } catch (error) {
    if (error instanceof UrlError) return { error: `parse ${goQuote(text)}: ${error.message}` };
    throw error;
  }
}

function parse(raw: string, isRequest: boolean): GoUrl {
  const none = { opaque: '', user: undefined, host: '', rawPath: '', fragment: '', rawFragment: '', omitHost: false };
  // eslint-disable-next-line no-control-regex -- control characters are what Go refuses here
  if (/[\0-\x1f\x7f]/.test(raw)) throw new UrlError('net/url: invalid control character in URL');
  if (raw === '' && isRequest) throw new UrlError('empty url');
  if (raw === '*') return { ...none, scheme: '', path: '*', query: '', forceQuery: false };
  if (raw.startsWith(':')) throw new UrlError('missing protocol scheme');
  const written = /^([a-z][a-z\d+.-]*):/i.exec(raw)?.[1];
  const scheme = (written ?? '').toLowerCase();
  let rest = written === undefined ? raw : raw.slice(written.length + 1);
  const question = rest.indexOf('?');
  const forceQuery = question >= 0 && question === rest.length - 1;
  const query = question < 0 ? '' : rest.slice(question + 1);
  if (question >= 0) rest = rest.slice(0, question);
  const url = { ...none, scheme, query, forceQuery };
  if (!rest.startsWith('/')) {
    if (scheme !== '') return { ...url, opaque: rest, path: '' };
    if (isRequest) throw new UrlError('invalid URI for request');
    if (rest.split('/', 1)[0]?.includes(':') === true)
      throw new UrlError('first path segment in URL cannot contain colon');
  }
  if ((scheme !== '' || (!isRequest && !rest.startsWith('///'))) && rest.startsWith('//')) {
    const slash = rest.indexOf('/', 2);
    const authority = rest.slice(2, slash < 0 ? undefined : slash);
    return { ...url, ...parseAuthority(authority, scheme), ...pathOf(slash < 0 ? '' : rest.slice(slash)) };
  }
  return { ...url, omitHost: scheme !== '' && rest.startsWith('/'), ...pathOf(rest) };
}

function pathOf(written: string): { readonly path: string; readonly rawPath: string } {
  const path = unescape(written, 'path');
  return { path, rawPath: escape(path, 'path') === written ? '' : written };
}

function parseAuthority(authority: string, scheme: string): Pick<GoUrl, 'user' | 'host'> {
  const at = authority.lastIndexOf('@');
  const host = parseHost(authority.slice(at + 1), scheme);
  if (at < 0) return { user: undefined, host };
  const written = authority.slice(0, at);
  if (!/^[\w.~:@!$&'()*+,;=%-]*$/.test(written)) throw new UrlError('net/url: invalid userinfo');
  const colon = written.indexOf(':');
  const name = unescape(colon < 0 ? written : written.slice(0, colon), 'user');
  return { host, user: { name, password: colon < 0 ? undefined : unescape(written.slice(colon + 1), 'user') } };
}

function parseHost(host: string, scheme: string): string {
  const open = host.lastIndexOf('[');
  if (open > 0) throw new UrlError('invalid IP-literal');
  if (open === 0) return parseLiteral(host);
  const colon = host.indexOf(':');
  if (colon >= 0) {
    const isStrict = scheme === 'http' || scheme === 'https';
    checkPort(host.slice(isStrict ? colon : host.lastIndexOf(':')));
  }
  return unescape(host, 'host');
}

function parseLiteral(host: string): string {
  const close = host.lastIndexOf(']');
  if (close < 0) throw new UrlError("missing ']' in host");
  const port = host.slice(close + 1);
  checkPort(port);
  const inner = host.slice(1, close);
  const zone = inner.indexOf('%25');
  const name =
    zone < 0
      ? unescape(inner, 'host')
      : `${unescape(inner.slice(0, zone), 'host')}${unescape(inner.slice(zone), 'zone')}`;
  const address = parseGoAddress(name);
  if ('error' in address) throw new UrlError(`invalid host: ${address.error}`);
  if (address.family === 4) throw new UrlError('invalid IP-literal');
  return `[${name}]${unescape(port, 'host')}`;
}

function checkPort(port: string): void {
  if (!/^(?::\d*)?$/.test(port)) throw new UrlError(`invalid port ${goQuote(port)} after host`);
}

/** The characters that stay as they are, besides letters and digits. */
const PLAIN: Readonly<Record<Mode, string>> = {
  path: '-_.~$&+,/:;=@',
  user: '-_.~$&+,;=',
  host: '-_.~!$&\'()*+,;=:[]<>"',
  zone: '-_.~!$&\'()*+,;=:[]<>"',
  query: '-_.~',
  fragment: '-_.~$&+,/:;=?@!()*',
};

function isEscaped(character: string, mode: Mode): boolean {
  return !/[\dA-Z]/i.test(character) && !PLAIN[mode].includes(character);
}

function unescape(text: string, mode: Mode): string {
  const isHost = mode === 'host' || mode === 'zone';
  for (let at = 0; at < text.length;) {
    const character = text.charAt(at);
    if (character === '%') {
      const escaped = text.slice(at, at + 3);
      if (!/^%[\da-f]{2}$/i.test(escaped)) throw new UrlError(`invalid URL escape ${goQuote(escaped)}`);
      const byte = parseInt(escaped.slice(1), 16);
      const isBad =
        (mode === 'host' && byte < 0x80 && escaped !== '%25') ||
        (mode === 'zone' && escaped !== '%25' && byte !== 0x20 && isEscaped(String.fromCharCode(byte), 'host'));
      if (isBad) throw new UrlError(`invalid URL escape ${goQuote(escaped)}`);
      at += 3;
      continue;
    }
    if (isHost && character.charCodeAt(0) < 0x80 && isEscaped(character, mode))
      throw new UrlError(`invalid character ${goQuote(character)} in host name`);
    at++;
  }
  const spaced = mode === 'query' ? text.replaceAll('+', ' ') : text;
  return spaced.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

function escape(text: string, mode: Mode): string {
  let escaped = '';
  for (const character of text) {
    escaped += isEscaped(character, mode)
      ? `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
      : character;
  }
  return escaped;
}

/** The path with its escapes. Mirrors URL.EscapedPath. */
export function escapedPath({ path, rawPath }: GoUrl): string {
  if (rawPath !== '' && isValid(rawPath, 'path')) return rawPath;
  return path === '*' ? '*' : escape(path, 'path');
}

function isValid(text: string, mode: Mode): boolean {
  return Array.from(text).every((character) => "!$&'()*+,;=:@[]%".includes(character) || !isEscaped(character, mode));
}

/** The host without its port and brackets. */
export function hostname({ host }: GoUrl): string {
  const withoutPort = host.replace(/:\d*$/, '');
  return withoutPort.startsWith('[') && withoutPort.endsWith(']') ? withoutPort.slice(1, -1) : withoutPort;
}

/** The port; '' where there is none. */
export function port({ host }: GoUrl): string {
  return /:(\d*)$/.exec(host.slice(host.lastIndexOf(']') + 1))?.[1] ?? '';
}

/** The values of the query by name; what cannot be read is left out. Mirrors URL.Query. */
export function queryValues({ query }: GoUrl): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const part of query.split('&')) {
    if (part === '' || part.includes(';')) continue;
    const equals = part.indexOf('=');
    try {
      const key = unescape(equals < 0 ? part : part.slice(0, equals), 'query');
      const value = equals < 0 ? '' : unescape(part.slice(equals + 1), 'query');
      const list = values.get(key);
      if (list === undefined) values.set(key, [value]);
      else list.push(value);
    } catch (error) {
      if (!(error instanceof UrlError)) throw error;
    }
  }
  return values;
}

/** The URL as Go writes it. Mirrors URL.String. */
export function urlText(url: GoUrl): string {
  const { scheme, opaque, user, host, query, forceQuery, fragment, rawFragment, omitHost } = url;
  let text = scheme === '' ? '' : `${scheme}:`;
  if (opaque !== '') text += opaque;
  else {
    const hasAuthority = host !== '' || user !== undefined;
    if ((scheme !== '' || hasAuthority) && !(omitHost && !hasAuthority)) {
      if (host !== '' || url.path !== '' || user !== undefined) text += '//';
      if (user !== undefined) {
        const password = user.password === undefined ? '' : `:${escape(user.password, 'user')}`;
        text += `${escape(user.name, 'user')}${password}@`;
      }
      text += escape(host, 'host');
    }
    const path = escapedPath(url);
    if (path !== '' && !path.startsWith('/') && host !== '') text += '/';
    if (text === '' && path.split('/', 1)[0]?.includes(':') === true) text += './';
    text += path;
  }
  if (forceQuery || query !== '') text += `?${query}`;
  if (fragment === '') return text;
  return `${text}#${rawFragment !== '' && isValid(rawFragment, 'fragment') ? rawFragment : escape(fragment, 'fragment')}`;
}
