/** The parts of the name of a container image; '' for what it does not name. */
export interface ImageName {
  /** The registry, `docker.io` where none is named, as every runtime has it. */
  readonly domain: string;
  /** With `library/` before official images of docker.io. */
  readonly path: string;
  readonly tag: string;
  /** `sha256:…` */
  readonly digest: string;
}

/** Splits a name as runtimes do, patterns of names too. Never fails: of what is no reference it reads what there is. Mirrors distribution/reference normalize.go, v2.8. */
export function splitImageName(text: string): ImageName {
  const [named = '', digest = ''] = splitAt(text, text.indexOf('@'));
  const colon = named.lastIndexOf(':');
  const [name = '', tag = ''] = splitAt(named, colon > named.lastIndexOf('/') ? colon : -1);
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const isDomain = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  const domain = isDomain ? (first === 'index.docker.io' ? 'docker.io' : first) : 'docker.io';
  const path = isDomain ? name.slice(slash + 1) : name;
  return { domain, path: domain === 'docker.io' && !path.includes('/') ? `library/${path}` : path, tag, digest };
}

function splitAt(text: string, index: number): string[] {
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}
