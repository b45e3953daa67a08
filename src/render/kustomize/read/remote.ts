import { cleanPath } from './posix-path.ts';

// eslint-disable-next-line no-control-regex -- Go parses no URL that holds one
const CONTROL = /[\x00-\x1f\x7f]/;

/** Whether kustomize would fetch a file over HTTP (mirrors kustomize api v0.21.2, internal/loader, `IsRemoteFile`). */
export function isRemoteFile(path: string): boolean {
  return /^https?:/i.test(path) && !CONTROL.test(path);
}

const SCHEMES = ['ssh://', 'https://', 'http://', 'file://'];

/** What kustomize would clone with git; undefined for a path of a directory (mirrors kustomize api v0.21.2, internal/git/repospec.go). */
export function gitRepository(url: string): { readonly host: string; readonly repository: string } | undefined {
  if (url.startsWith('/')) return undefined;
  const [beforeQuery = ''] = url.split('?', 1);
  const address = beforeQuery.replace(/^git::/i, '');
  const scheme = SCHEMES.find((each) => address.toLowerCase().startsWith(each)) ?? '';
  const withUser = address.slice(scheme.length);
  const user = /^[a-z][a-z\d-]*@/i.exec(withUser)?.[0] ?? '';
  const rest = withUser.slice(user.length);
  const isGithub = /^github\.com[/:]/i.test(rest);
  const isScp = scheme === '' && (user !== '' || isGithub);
  if (scheme === '' && !isScp) return undefined;
  if (scheme === 'file://') return repositoryOf(scheme, user + rest, true);
  const at = hostEnd(rest, isScp);
  const host = at < 0 ? rest : rest.slice(0, at + 1);
  if (host === '') return undefined;
  return repositoryOf(scheme + user + host, at < 0 ? '' : rest.slice(at + 1), false);
}

function hostEnd(rest: string, isScp: boolean): number {
  const slash = rest.indexOf('/');
  const colon = isScp ? rest.indexOf(':') : -1;
  return slash < 0 ? colon : colon > 0 && colon < slash ? colon : slash;
}

function repositoryOf(host: string, path: string, isWhole: boolean): { host: string; repository: string } | undefined {
  const split = splitAtMarker(path) ?? splitAtLength(path, isWhole);
  if (split === undefined || split.repository === '') return undefined;
  const [first] = cleanPath(split.inside.replace(/^\//, '')).split('/');
  return first === '..' ? undefined : { host, repository: split.repository };
}

interface Split {
  readonly repository: string;
  readonly inside: string;
}

function splitAtMarker(path: string): Split | undefined {
  const azure = path.indexOf('_git/');
  if (azure >= 0) {
    const [name = '', ...inside] = path.slice(azure + '_git/'.length).split('/');
    return { repository: path.slice(0, azure) + '_git/' + name, inside: inside.join('/') };
  }
  const double = path.indexOf('//');
  if (double >= 0) return { repository: path.slice(0, double), inside: path.slice(double + 2) };
  const suffix = path.indexOf('.git');
  if (suffix < 0) return undefined;
  return { repository: path.slice(0, suffix + '.git'.length), inside: path.slice(suffix + '.git'.length) };
}

function splitAtLength(path: string, isWhole: boolean): Split | undefined {
  if (isWhole) return { repository: path, inside: '' };
  const parts = path.split('/');
  return parts.length < 2 ? undefined : { repository: parts.slice(0, 2).join('/'), inside: parts.slice(2).join('/') };
}
