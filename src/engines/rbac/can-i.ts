import type { Cluster } from '../../cluster/index/cluster.ts';
import { servedResources } from '../../cluster/index/served-resources.ts';
import { rbacObjects } from '../../cluster/stored/rbac-objects.ts';
import { findResource, type FoundResource } from '../../model/discovery.ts';
import type { PolicyRule } from '../../model/kinds/rbac.ts';
import type { Action } from './attributes.ts';

/** The arguments of `kubectl auth can-i VERB TYPE[/NAME] | NONRESOURCEURL`. */
export interface CanIArguments {
  readonly verb: string;
  /** `pods`, `deploy.apps/web`, `podsecuritypolicies.v1beta1.policy`, `*`, `/healthz`. */
  readonly target: string;
  readonly subresource?: string;
  /** '' with --all-namespaces. */
  readonly namespace: string;
}

/** What kubectl would ask the server, and what it would warn of (without `Warning: `). */
export interface CanIQuestion {
  readonly action: Action;
  readonly warnings: readonly string[];
  /** What is wrong with the arguments; then the action means nothing. */
  readonly error?: string;
}

const RESOURCE_VERBS = new Set(
  'get list watch create update patch delete deletecollection use bind impersonate * approve sign escalate attest'.split(
    ' ',
  ),
);
const URL_VERBS = new Set('get put post head options delete patch *'.split(' '));

/**
 * The question that `kubectl auth can-i` asks. The namespace goes along even with resources that have none, as kubectl sends it. Mirrors
 * kubectl pkg/cmd/auth/cani.go Complete and Validate, v0.37.
 */
export function canIQuestion(
  cluster: Cluster,
  { verb, target, subresource = '', namespace }: CanIArguments,
): CanIQuestion {
  if (target.startsWith('/')) {
    const action = { verb, nonResourceURL: target };
    const warnings = URL_VERBS.has(verb) ? [] : [unknownVerb(verb)];
    if (subresource === '') return { action, warnings };
    return { action, warnings, error: '--subresource can not be used with NonResourceURL' };
  }
  const slash = target.indexOf('/');
  const type = slash < 0 ? target : target.slice(0, slash);
  const name = slash < 0 ? '' : target.slice(slash + 1);
  const { group, resource, served, warning } = resourceOf(cluster, type);
  const warnings = warning === '' ? [] : [warning];
  // kubectl looks at scope and verb only if the question has a namespace.
  if (namespace !== '') {
    if (served?.namespaced === false) {
      warnings.push(`resource '${resource}' is not namespace scoped${group === '' ? '' : ` in group '${group}'`}`);
    }
    if (!RESOURCE_VERBS.has(verb)) warnings.push(unknownVerb(verb));
  }
  return { action: { verb, apiGroup: group, resource, subresource, name, namespace }, warnings };
}

/**
 * What kubectl takes a type for. A custom type that no manifest defines may be defined elsewhere: where a role names it, the question is about it as a cluster has
 * it whose discovery lists it, unless the manifests are all that there is.
 */
function resourceOf(cluster: Cluster, type: string): FoundResource {
  const found = findResource(servedResources(cluster), type);
  if (found.served !== undefined || found.warning === '' || cluster.settings.complete === true) return found;
  const [resource = '', ...suffix] = type.toLowerCase().split('.');
  const group = /^v\d+(?:(?:alpha|beta)\d+)?$/.test(suffix[0] ?? '') ? suffix.slice(1).join('.') : suffix.join('.');
  const groups = new Set(
    rbacObjects(cluster).roles.flatMap(({ rules }) => rules.flatMap((rule) => groupsNaming(rule, resource))),
  );
  const [only, ...others] = [...groups].filter((each) => group === '' || each === group);
  if (only === undefined || others.length > 0) return found;
  const warning = `no manifest defines the resource type '${resource}' in group '${only}': the answer is that of a cluster that has it`;
  return { group: only, resource, served: undefined, warning };
}

/** The groups in which a rule names a resource of a custom kind. */
function groupsNaming({ apiGroups = [], resources = [] }: PolicyRule, resource: string): readonly string[] {
  const names = resources.map((each) => each.split('/')[0]);
  // Groups of custom kinds are domains.
  return names.includes(resource) ? apiGroups.filter((group) => group.includes('.')) : [];
}

function unknownVerb(verb: string): string {
  return `verb '${verb}' is not a known verb`;
}
