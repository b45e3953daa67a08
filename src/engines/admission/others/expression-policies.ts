import type { Cluster } from '../../../cluster/index/cluster.ts';
import { objectsOfKind } from '../../../cluster/index/object-index.ts';
import { both, either, type Truth } from '../../../lang/truth.ts';
import { specAsWritten } from '../../../model/as-written.ts';
import { record, text, texts } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import { POLICY_GROUP } from '../request/has-policies.ts';
import { askedByRules, webhookMatch } from './asked-by-rules.ts';
import type { OtherDecider } from './other-decider.ts';
import { inOwnNamespace, wholePolicy } from './policy-entry.ts';

/** What a policy whose expressions are not evaluated here looks at. */
function constraintsOf(spec: JsonObject): ReturnType<typeof webhookMatch> {
  return webhookMatch(record(spec.matchConstraints), spec.matchConditions);
}

/** MutatingAdmissionPolicies, each with the bindings that put it in force. Mirrors plugin/policy/mutating of apiserver, v1.37. */
export function mutatingPolicies(cluster: Cluster): readonly OtherDecider[] {
  const bindings = objectsOfKind(cluster, POLICY_GROUP, 'MutatingAdmissionPolicyBinding').map(specAsWritten);
  return objectsOfKind(cluster, POLICY_GROUP, 'MutatingAdmissionPolicy').flatMap((object): OtherDecider[] => {
    const own = bindings.filter(({ policyName }) => text(policyName) === object.name);
    if (own.length === 0) return [];
    const byPolicy = askedByRules(cluster, constraintsOf(specAsWritten(object)));
    const byBindings = own.map(({ matchResources }) =>
      matchResources === undefined ? () => true : askedByRules(cluster, webhookMatch(record(matchResources))),
    );
    return [
      {
        ...wholePolicy(object),
        mayChange: true,
        // An expression that fails refuses the request.
        mayRefuse: specAsWritten(object).failurePolicy !== 'Ignore',
        takes: (request) =>
          both(
            byPolicy(request),
            byBindings.reduce<Truth>((truth, takes) => either(truth, takes(request)), false),
          ),
      },
    ];
  });
}

const KYVERNO = 'policies.kyverno.io';
const MUTATING = 'MutatingPolicy';

/** Kyverno's policies in CEL. Source: kyverno, api/policies.kyverno.io/v1alpha1 to v1. */
export function kyvernoExpressionPolicies(cluster: Cluster): readonly OtherDecider[] {
  return ['ValidatingPolicy', MUTATING, 'ImageValidatingPolicy'].flatMap((kind) =>
    [kind, `Namespaced${kind}`].flatMap((each) =>
      objectsOfKind(cluster, KYVERNO, each).flatMap((object): OtherDecider[] => {
        const spec = specAsWritten(object);
        const { validationActions, evaluation } = spec;
        const isMutating = kind === MUTATING;
        const actions = validationActions === undefined ? ['Deny'] : texts(validationActions);
        const isAsked = record(record(evaluation).admission).enabled !== false;
        if (!isAsked || (!isMutating && !actions.includes('Deny'))) return [];
        const takes = askedByRules(cluster, constraintsOf(spec));
        return [
          {
            ...wholePolicy(object),
            // Images get their digests.
            mayChange: kind !== 'ValidatingPolicy',
            mayRefuse: !isMutating,
            takes: each === kind ? takes : inOwnNamespace(cluster, object, takes),
          },
        ];
      }),
    ),
  );
}
