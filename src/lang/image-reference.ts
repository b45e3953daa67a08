const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const DOMAIN_COMPONENT = '[a-zA-Z0-9]+(?:-+[a-zA-Z0-9]+)*';
const DOMAIN = String.raw`${DOMAIN_COMPONENT}(?:\.${DOMAIN_COMPONENT})*(?::\d+)?`;
const NAME = `(?:${DOMAIN}/)?${COMPONENT}(?:/${COMPONENT})*`;
const TAG = String.raw`\w[\w.-]{0,127}`;
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const REFERENCE = new RegExp(`^(${NAME})(?::(${TAG}))?(?:@(${DIGEST}))?$`);
const IPV6_DOMAIN = /^\[[a-f0-9:]+\](?=(?::\d+)?\/)/i;
/** From this minor on a first part with capitals is a domain, and so is an IPv6 address in brackets (distribution/reference v0.5). */
const FIRST_WIDER_DOMAINS = 29;
/** From this minor on the domain no longer counts for the length of a name (distribution/reference v0.6). */
const FIRST_LONG_DOMAINS = 32;
const KNOWN_DIGEST = /^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/;
const IDENTIFIER = /^[a-f0-9]{64}$/;
const MAXIMUM_NAME = 255;

/**
 * How the server lets an image be pulled when nobody says: always when its tag is `latest` or it has neither tag nor digest, and only if
 * it is not there in all other cases, a name that is no image's included. Mirrors SetDefaults_Container and docker's reference
 * grammar as vendored in the Kubernetes minor.
 */
export function imagePullPolicy(image: string, minor = 24): 'Always' | 'IfNotPresent' {
  return imageTag(image, minor) === 'latest' ? 'Always' : 'IfNotPresent';
}

/** The tag of an image, `latest` when it has neither tag nor digest, '' when it has only a digest or cannot be read. */
function imageTag(image: string, minor: number): string {
  if (IDENTIFIER.test(image)) return '';
  const slash = image.indexOf('/');
  const first = image.slice(0, Math.max(slash, 0));
  const wider = minor >= FIRST_WIDER_DOMAINS;
  const hasDomain =
    slash >= 0 && (/[.:]/.test(first) || first === 'localhost' || (wider && first.toLowerCase() !== first));
  let domain = hasDomain ? first : 'docker.io';
  let rest = hasDomain ? image.slice(slash + 1) : image;
  if (domain === 'index.docker.io') domain = 'docker.io';
  if (domain === 'docker.io' && !rest.includes('/')) rest = `library/${rest}`;
  const name = rest.includes(':') ? rest.slice(0, rest.indexOf(':')) : rest;
  if (name.toLowerCase() !== name) return '';
  const written = `${domain}/${rest}`;
  const match = REFERENCE.exec(wider ? written.replace(IPV6_DOMAIN, 'ipv6') : written);
  if (match === null) return '';
  const [, fullName = '', tag, digest] = match;
  const counted = minor >= FIRST_LONG_DOMAINS ? fullName.slice(fullName.indexOf('/') + 1) : fullName;
  if (counted.length > MAXIMUM_NAME) return '';
  if (digest !== undefined && !KNOWN_DIGEST.test(digest)) return '';
  return tag ?? (digest === undefined ? 'latest' : '');
}
