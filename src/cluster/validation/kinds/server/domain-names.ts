import { text } from '../../../../model/json.ts';
import { invalid, required } from '../../check/check.ts';
import type { Rule } from '../../check/rules.ts';
import { dnsSubdomainErrors } from '../../name-formats.ts';

const PATH = String.raw`[A-Za-z0-9/\-._~%!$&'()*+,;=:]+`;
const IS_PATH = /^[\w/\-.~%!$&'()*+,;=:]+$/;

/** `example.com/name`. Mirrors validation.IsDomainPrefixedPath. */
export const domainPrefixedPath: Rule = (check, value, at) => {
  const path = text(value);
  if (path === '') {
    required(check, at);
    return;
  }
  const slash = path.indexOf('/');
  if (slash <= 0 || slash === path.length - 1) {
    invalid(check, at, path, 'must be a domain-prefixed path (such as "acme.io/foo")');
    return;
  }
  const [host, rest] = [path.slice(0, slash), path.slice(slash + 1)];
  for (const message of dnsSubdomainErrors(host)) invalid(check, at, host, message);
  if (!IS_PATH.test(rest)) invalid(check, at, rest, `Invalid path (regex used for validation is '${PATH}')`);
};

/** A name of at least three segments. Mirrors validation.IsFullyQualifiedName. */
export const fullyQualifiedName: Rule = (check, value, at) => {
  const name = text(value);
  const wrong = dnsSubdomainErrors(name);
  if (name === '') required(check, at);
  else if (wrong.length > 0) invalid(check, at, name, wrong.join(','));
  else if (name.split('.').length < 3)
    invalid(check, at, name, 'should be a domain with at least three segments separated by dots');
};

/** A name of at least two segments. Mirrors validation.IsFullyQualifiedDomainName. */
export const domainName: Rule = (check, value, at) => {
  const name = text(value).replace(/\.$/, '');
  if (text(value) === '') {
    required(check, at);
    return;
  }
  const wrong = dnsSubdomainErrors(name);
  if (wrong.length > 0) invalid(check, at, name, wrong.join(','));
  else if (name.split('.').length < 2)
    invalid(check, at, name, 'should be a domain with at least two segments separated by dots');
};
