import { once } from '../lang/once.ts';
import { kindFacts, kindsOf, knownApiVersions } from './kind-facts.ts';
import type { KindFacts } from './kind-facts.ts';
import { parseApiVersion } from './type-meta.ts';

/** How a Kubernetes minor serves a kind of an API version. */
export type ApiStatus =
  /** `deprecated` where the server warns of it. */
  | { readonly status: 'served'; readonly facts: KindFacts; readonly deprecated: boolean }
  /** Served by later or earlier minors only. */
  | { readonly status: 'not-yet' | 'removed'; readonly facts: KindFacts }
  /** The kind is a built-in one, but has never been in this API version. */
  | { readonly status: 'elsewhere'; readonly apiVersions: readonly string[] }
  /** The API group is Kubernetes' own and has no such kind. */
  | { readonly status: 'unknown-kind' }
  /** The API group is not one of Kubernetes or Calico, or is one that others extend; or what stands there is no version. */
  | { readonly status: 'unknown-group' };

/**
 * Whether 1.`minor` serves a kind. Facts: the group-version-kinds of the OpenAPI definitions of 1.11 to 1.37, and the lifecycle methods of
 * k8s.io/api v0.37.2 and v0.24.17 (zz_generated.prerelease-lifecycle.go), which win where the two differ.
 */
export function apiStatus(apiVersion: string, kind: string, minor: number): ApiStatus {
  const facts = kindFacts(apiVersion, kind);
  if (facts !== undefined) {
    if (minor < facts.since) return { status: 'not-yet', facts };
    if (minor > facts.until) return { status: 'removed', facts };
    return { status: 'served', facts, deprecated: facts.deprecated !== undefined && facts.deprecated <= minor };
  }
  const { group, version } = parseApiVersion(apiVersion) ?? NOTHING;
  if (!kubernetesGroups().has(group) || !/^v\d/.test(version)) return { status: 'unknown-group' };
  const apiVersions = knownApiVersions().filter(
    (candidate) => parseApiVersion(candidate)?.group === group && kindsOf(candidate).has(kind),
  );
  return apiVersions.length > 0 ? { status: 'elsewhere', apiVersions } : { status: 'unknown-kind' };
}

const NOTHING = { group: '', version: '' };

/**
 * The API version to write in place of one that 1.`minor` does not serve, or warns of: what Kubernetes names as its replacement if that is
 * served, else the most stable one of the same group, else of any group, that serves the kind. Undefined where there is none.
 */
export function replacementOf(
  apiVersion: string,
  kind: string,
  minor: number,
): { readonly apiVersion: string; readonly kind: string } | undefined {
  const { replacement } = kindFacts(apiVersion, kind) ?? {};
  // k8s.io/api names a list as what replaces networking.k8s.io/v1beta1 IngressClass.
  const isSlip = replacement?.kind === `${kind}List`;
  if (replacement !== undefined && !isSlip && serves(replacement.apiVersion, replacement.kind, minor))
    return replacement;
  const group = parseApiVersion(apiVersion)?.group;
  const serving = knownApiVersions().filter((candidate) => candidate !== apiVersion && serves(candidate, kind, minor));
  const own = serving.filter((candidate) => parseApiVersion(candidate)?.group === group);
  const best = mostStable(own) ?? mostStable(serving);
  return best === undefined ? undefined : { apiVersion: best, kind };
}

function serves(apiVersion: string, kind: string, minor: number): boolean {
  const facts = kindFacts(apiVersion, kind);
  return facts !== undefined && facts.since <= minor && minor <= facts.until;
}

/**
 * Whether 1.`minor` serves a kind itself, so that a CustomResourceDefinition of it changes nothing: the API server's own paths come before
 * those of apiextensions. False for Calico's kinds, which are custom resources.
 */
export function isBuiltIn(apiVersion: string, kind: string, minor: number): boolean {
  return kubernetesGroups().has(parseApiVersion(apiVersion)?.group ?? '') && serves(apiVersion, kind, minor);
}

/** The same for a group in whatever version, of any minor. */
export function isBuiltInKind(group: string, kind: string): boolean {
  if (!kubernetesGroups().has(group)) return false;
  return knownApiVersions().some((known) => parseApiVersion(known)?.group === group && kindsOf(known).has(kind));
}

function mostStable(apiVersions: readonly string[]): string | undefined {
  return apiVersions.toSorted((a, b) => stability(b) - stability(a))[0];
}

/** Greater for what is preferred: v2 over v1 over v1beta2 over v1beta1 over v1alpha1. */
function stability(apiVersion: string): number {
  const match = /v(\d+)(?:(alpha|beta)(\d+))?$/.exec(apiVersion);
  if (match === null) return 0;
  const [, major = '0', phase, step = '0'] = match;
  const rank = phase === undefined ? 2 : phase === 'beta' ? 1 : 0;
  return rank * 1e6 + Number(major) * 1e3 + Number(step);
}

/** Groups of custom resources that the data knows some kinds of: Calico's and others, whose definitions may have more. */
export const OPEN_GROUPS: ReadonlySet<string> = new Set([
  'projectcalico.org',
  'crd.projectcalico.org',
  'policy.networking.k8s.io',
]);

const kubernetesGroups = once(
  (): ReadonlySet<string> =>
    new Set(
      knownApiVersions()
        .map((apiVersion) => parseApiVersion(apiVersion)?.group ?? '')
        .filter((group) => !OPEN_GROUPS.has(group)),
    ),
);
