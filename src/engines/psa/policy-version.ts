/** Which edition of the standards: that of a Kubernetes minor as labels spell it, or the newest that the server knows. */
export type PolicyVersion = 'latest' | `v1.${bigint}`;

/** What the server says about a value that is no version. */
export const INVALID_VERSION = 'must be "latest" or "v1.x"';

const GRAMMAR = /^v1\.(?:\d|[1-9]\d*)$/;
/** Go's largest int: the server counts minors in one. */
const MOST = 2n ** 63n - 1n;

/** The version a text names; undefined for anything else (`1.25`, `v1.025`, `v1.25.0`). Mirrors ParseVersion of pod-security-admission api, v0.37. */
export function parsePolicyVersion(text: string): PolicyVersion | undefined {
  return text === 'latest' || isVersion(text) ? text : undefined;
}

function isVersion(text: string): text is `v1.${bigint}` {
  return GRAMMAR.test(text) && BigInt(text.slice('v1.'.length)) <= MOST;
}

/** The minor whose checks a version means on a server that knows none newer than `newest`. */
export function policyMinor(version: PolicyVersion, newest: number): number {
  return version === 'latest' ? newest : Math.min(Number(version.slice('v1.'.length)), newest);
}

/** The version of a minor. */
export function policyVersion(minor: number): PolicyVersion {
  return `v1.${BigInt(minor)}`;
}
