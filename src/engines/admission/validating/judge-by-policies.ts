import type { Cluster } from '../../../cluster/index/cluster.ts';
import { metadataOf, textOf } from '../../../cluster/stored/object-metadata.ts';
import { storedNamespace } from '../../../cluster/stored/stored-namespace.ts';
import { wholeNumbersAreInts } from '../../../lang/cel/values/json-values.ts';
import { parseApiVersion } from '../../../model/type-meta.ts';
import type { Assumption, Reason } from '../../verdict.ts';
import { dispatchPolicies, type PolicyDenial } from '../policies/dispatch-policies.ts';
import type { PolicyRequest } from '../policies/policy-request.ts';
import { recordedWarnings } from '../policies/recorded-warnings.ts';
import type { AdmissionAttributes, PluginOutcome } from '../request/plugin.ts';
import { policiesAbout } from './policies-about.ts';
import { policiesInForce, type PoliciesInForce, type PolicyInForce } from './policies-in-force.ts';
import { policySurroundings } from './policy-surroundings.ts';

/** Subresources through which the object itself is changed; the kinds of the others are not judged. */
const OWN_KIND = new Set(['', 'status', 'ephemeralcontainers', 'resize', 'finalize']);

/**
 * Judges a request by the policies of a cluster; what they decide is in `policies/`. A policy that cannot be judged by the manifests is taken to admit, and the
 * outcome says so. Mirrors plugin/policy/validating of apiserver, v1.37.
 */
export function judgeByPolicies(cluster: Cluster, attributes: AdmissionAttributes): PluginOutcome {
  const inForce = OWN_KIND.has(attributes.subresource) ? policiesInForce(cluster) : undefined;
  return inForce === undefined ? {} : judge(cluster, attributes, inForce);
}

function judge(cluster: Cluster, attributes: AdmissionAttributes, inForce: PoliciesInForce): PluginOutcome {
  const request = policyRequest(attributes);
  const about = policiesAbout(cluster, request);
  if (about.length === 0) return {};
  const around = policySurroundings(cluster);
  const assumptions: Assumption[] = [];
  const hooks = about.filter((hook) => {
    const doubt = doubtOf(cluster, attributes, hook);
    if (doubt === undefined) return true;
    assumptions.push(doubt);
    return false;
  });
  const verdict = dispatchPolicies(hooks, request, around, wholeNumbersAreInts);
  const { rejection, denials } = verdict;
  if (hooks.some(({ asksNamespace }) => asksNamespace)) assumptions.push(...namespaceAssumptions(cluster, attributes));
  const shown = realNames(attributes);
  return {
    warnings: recordedWarnings(verdict.warnings).map(shown),
    auditAnnotations: Object.fromEntries(
      Object.entries(verdict.auditAnnotations).map(([key, value]) => [key, shown(value)]),
    ),
    assumptions,
    remarks: verdict.remarks.map((remark) => ({
      is: remark.is,
      message: shown(remark.message),
      because: reasonsOf(remark, inForce),
    })),
    ...(rejection !== undefined && {
      rejection: {
        ...rejection,
        message: shown(rejection.message),
        messageParts: [],
        because: denials.flatMap((denial) => reasonsOf(denial, inForce)),
      },
    }),
  };
}

function policyRequest(attributes: AdmissionAttributes): PolicyRequest {
  const { operation, user, group, resource, subresource, name, namespace, object, oldObject } = attributes;
  const { version } = parseApiVersion(textOf(object.apiVersion)) ?? { version: '' };
  return {
    operation,
    user: { name: user.name, uid: '', groups: user.groups, extra: {} },
    kind: { group, version, kind: attributes.kind },
    resource: { group, version, resource },
    subresource,
    name,
    namespace,
    object,
    oldObject,
    dryRun: false,
    options: { kind: operation === 'CREATE' ? 'CreateOptions' : 'UpdateOptions', apiVersion: 'meta.k8s.io/v1' },
  };
}

/** What keeps a policy from being judged. */
function doubtOf(
  cluster: Cluster,
  { user }: AdmissionAttributes,
  { compiled: { policy }, asksUser, paramKind }: PolicyInForce,
): Assumption | undefined {
  const sentence = `ValidatingAdmissionPolicy \`${policy.name}\` is taken to admit the request`;
  if (asksUser && user.name === '') {
    const decide = 'set `creator` in the configuration to the name and groups of who applies the manifests';
    return { sentence: `${sentence}: it asks who sends it`, decide };
  }
  if (paramKind === undefined || cluster.settings.complete === true) return undefined;
  if (policySurroundings(cluster).params(paramKind) !== undefined) return undefined;
  const decide = `add the CustomResourceDefinition of ${paramKind.kind} to the tree`;
  return { sentence: `${sentence}: the kind of its parameters, ${paramKind.kind}, is not defined in the tree`, decide };
}

function namespaceAssumptions(cluster: Cluster, { namespace }: AdmissionAttributes): readonly Assumption[] {
  const found = namespace === '' ? undefined : storedNamespace(cluster, namespace);
  if (found === undefined || !('implicit' in found.object)) return [];
  const sentence = `namespace \`${namespace}\` is taken to have no labels but those that the server sets`;
  return [{ sentence, decide: `add the manifest of namespace \`${namespace}\` to the tree` }];
}

/** Puts real names in place of stand-ins, which messages may hold anywhere. */
function realNames({ object, realName }: AdmissionAttributes): (text: string) => string {
  if (realName === undefined) return (text) => text;
  const { name, generateName } = metadataOf(object);
  const standIns = [textOf(name), textOf(generateName)].filter((each) => each !== '');
  return (text) =>
    standIns.reduce(
      (shown, standIn) => (shown.includes(standIn) ? shown.replaceAll(standIn, () => realName(standIn)) : shown),
      text,
    );
}

/** The expression that decided, then the binding that makes it count. */
function reasonsOf({ policy, binding, place }: PolicyDenial, inForce: PoliciesInForce): readonly Reason[] {
  const path = ['spec', ...place.path];
  const ofPolicy = inForce.policies.get(policy);
  const ofBinding = binding === undefined ? undefined : inForce.bindings.get(binding);
  if (place.of === 'binding')
    return ofBinding === undefined
      ? []
      : [{ object: ofBinding, path, sentence: `binds policy \`${policy}\`, and cannot be applied` }];
  return [
    ...(ofPolicy === undefined ? [] : [{ object: ofPolicy, path, sentence: `policy \`${policy}\` demands this` }]),
    ...(ofBinding === undefined
      ? []
      : [{ object: ofBinding, path: ['spec'], sentence: `binding \`${binding ?? ''}\` puts it in force` }]),
  ];
}
