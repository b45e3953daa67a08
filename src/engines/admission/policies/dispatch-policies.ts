import type { NumberReading } from '../../../lang/cel/values/json-values.ts';
import { goQuote } from '../../../lang/go-quote.ts';
import type { AdmissionPolicy, AdmissionPolicyBinding } from '../../../model/kinds/admission-policy.ts';
import type { FieldPath } from '../../../text/tree.ts';
import { collectParams, type Params } from './collect-params.ts';
import type { CompiledPolicy } from './compile-policy.ts';
import { type Decision, judgeRequest, type PolicyJudgement } from './judge-request.ts';
import { matchRequest, namespaceNotFound } from './match-request.ts';
import type { PolicyHook } from './policy-hooks.ts';
import { type PolicyInputs, policyInputs } from './policy-inputs.ts';
import {
  type Equivalent,
  hasMetadata,
  type HostObject,
  metadataOf,
  type ParamObjects,
  type PolicyRequest,
  type PolicySurroundings,
} from './policy-request.ts';
import { PolicyAnnotations } from './policy-annotations.ts';

/** What refuses a request. */
export interface PolicyDenial {
  readonly policy: string;
  /** Undefined where the policy cannot be applied at all. */
  readonly binding: string | undefined;
  /** What decided, in the spec of the policy or of the binding. */
  readonly place: { readonly of: 'policy' | 'binding'; readonly path: FieldPath };
}

/** What a policy has to say about a request that it does not refuse: a warning for the client, or an error that it ignores. */
export interface PolicyRemark extends PolicyDenial {
  readonly is: 'warning' | 'ignored';
  readonly message: string;
}

/** What policies make of a request. */
export interface PolicyVerdict {
  readonly rejection?: { readonly code: number; readonly reason: string; readonly message: string };
  /** In the order in which they were given, repeated ones too. */
  readonly warnings: readonly string[];
  readonly auditAnnotations: Readonly<Record<string, string>>;
  /** In the order in which they were found; the first is what the rejection says. */
  readonly denials: readonly PolicyDenial[];
  readonly remarks: readonly PolicyRemark[];
}

interface Denial extends PolicyDenial, Pick<Decision, 'message' | 'reason'> {}

const CODES = new Map([
  ['Forbidden', 403],
  ['Unauthorized', 401],
  ['RequestEntityTooLarge', 413],
]);
/** Never judged: policies themselves, and questions to the server that are not stored. */
const EXEMPT = new Set([
  ...['validatingadmissionpolicies', 'validatingadmissionpolicybindings'].map(
    (resource) => `admissionregistration.k8s.io/${resource}`,
  ),
  ...['mutatingadmissionpolicies', 'mutatingadmissionpolicybindings'].map(
    (resource) => `admissionregistration.k8s.io/${resource}`,
  ),
  'authentication.k8s.io/selfsubjectreviews',
  'authentication.k8s.io/tokenreviews',
  'authorization.k8s.io/localsubjectaccessreviews',
  'authorization.k8s.io/selfsubjectaccessreviews',
  'authorization.k8s.io/selfsubjectrulesreviews',
  'authorization.k8s.io/subjectaccessreviews',
]);

/** Asks policies about a request. Mirrors Dispatch of the apiserver's plugin/policy/validating/dispatcher.go. */
export function dispatchPolicies(
  hooks: readonly PolicyHook[],
  request: PolicyRequest,
  around: PolicySurroundings,
  read: NumberReading,
): PolicyVerdict {
  if (EXEMPT.has(`${request.resource.group}/${request.resource.resource}`))
    return { warnings: [], auditAnnotations: {}, denials: [], remarks: [] };
  return new Dispatch(request, around, read).run(hooks);
}

class Dispatch {
  private readonly request: PolicyRequest;
  private readonly self: Equivalent;
  private readonly around: PolicySurroundings;
  private readonly read: NumberReading;
  private readonly denials: Denial[] = [];
  private readonly remarks: PolicyRemark[] = [];
  private readonly annotations = new PolicyAnnotations();
  /** What policies without parameters see of the request as it is, and by the version as which they matched it. */
  private own: PolicyInputs | undefined;
  private readonly known = new Map<string, PolicyInputs>();

  constructor(request: PolicyRequest, around: PolicySurroundings, read: NumberReading) {
    this.request = request;
    this.self = { resource: request.resource, kind: request.kind };
    this.around = around;
    this.read = read;
  }

  run(hooks: readonly PolicyHook[]): PolicyVerdict {
    for (const hook of hooks) {
      const missing = this.ask(hook);
      if (missing !== undefined)
        return this.verdict({ code: 404, reason: 'NotFound', message: namespaceNotFound(missing) });
    }
    this.annotations.publishFailures();
    const [first] = this.denials;
    return this.verdict(first && this.refusal(first));
  }

  /** The name of a namespace that does not exist, which ends the request. */
  private ask({ compiled, bindings, paramKind, matchesAll = false }: PolicyHook): string | undefined {
    const { policy } = compiled;
    const { request, around } = this;
    const { matchConstraints } = policy;
    const match =
      matchConstraints === undefined
        ? { error: 'policy contained no match constraints, a required field' }
        : matchesAll
          ? this.self
          : matchRequest(matchConstraints, request, around);
    if (match === 'none') return undefined;
    if ('error' in match) {
      this.misconfigured(policy, undefined, match.error, 'matchConstraints');
      return undefined;
    }
    const objects = paramKind && around.params(paramKind);
    if (paramKind !== undefined && objects === undefined) {
      const { group, version, kind } = paramKind;
      const error = `failed to find resource referenced by paramKind: '${group}/${version}, Kind=${kind}'`;
      this.misconfigured(policy, undefined, error, 'paramKind');
      return undefined;
    }
    const published = this.annotations.ofPolicy(policy.name);
    for (const binding of bindings) {
      const missing = this.askBinding(compiled, binding, match, objects, published.add);
      if (missing !== undefined) return missing;
    }
    published.publish();
    return undefined;
  }

  private askBinding(
    compiled: CompiledPolicy,
    binding: AdmissionPolicyBinding,
    matched: Equivalent,
    objects: ParamObjects | undefined,
    annotate: (key: string, value: string) => void,
  ): string | undefined {
    const { request, around } = this;
    const { policy } = compiled;
    const { matchResources, paramRef } = binding;
    const match = matchResources === undefined ? matched : matchRequest(matchResources, request, around);
    if (match === 'none') return undefined;
    if ('error' in match) {
      this.misconfigured(policy, binding, match.error, 'matchResources');
      return undefined;
    }
    const params: Params =
      objects === undefined || paramRef === undefined
        ? [undefined]
        : collectParams(objects, paramRef, request.namespace);
    if (typeof params === 'string') {
      this.misconfigured(policy, binding, params, 'paramRef');
      return undefined;
    }
    const namespace = this.namespace();
    if (typeof namespace === 'string') return namespace;
    for (const param of params) {
      const inputs = this.inputs(matched, namespace, param);
      this.take(judgeRequest(compiled, inputs), policy, binding, annotate);
    }
    return undefined;
  }

  private inputs(matched: Equivalent, namespace: HostObject | undefined, param: HostObject | undefined): PolicyInputs {
    const make = (): PolicyInputs =>
      policyInputs({ request: this.request, matched, namespace }, param, this.around, this.read);
    if (param !== undefined) return make();
    const { resource, kind } = matched;
    if (resource === this.request.resource && kind === this.request.kind) return (this.own ??= make());
    const key = `${resource.group}/${resource.version}/${resource.resource}/${kind.version}/${kind.kind}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.known.set(key, made);
    return made;
  }

  /** The request's namespace, undefined without one; its name where it does not exist. */
  private namespace(): HostObject | string | undefined {
    const { kind, namespace } = this.request;
    const isNamespace = kind.group === '' && kind.version === 'v1' && kind.kind === 'Namespace';
    return isNamespace || namespace === '' ? undefined : (this.around.namespace(namespace) ?? namespace);
  }

  private misconfigured(
    policy: AdmissionPolicy,
    binding: AdmissionPolicyBinding | undefined,
    error: string,
    field: string,
  ): void {
    const { name, failurePolicy } = policy;
    const isKnown = failurePolicy === 'Fail' || failurePolicy === 'Ignore';
    const message = isKnown
      ? `failed to configure ${binding === undefined ? 'policy' : 'binding'}: ${error}`
      : `unrecognized failure policy: '${failurePolicy}'`;
    const place = { of: binding === undefined ? 'policy' : 'binding', path: [field] } as const;
    if (failurePolicy === 'Ignore') {
      this.remarks.push({ is: 'ignored', policy: name, binding: binding?.name, place, message });
      return;
    }
    this.denials.push({ policy: name, binding: binding?.name, message, reason: '', place });
  }

  private take(
    { decisions, annotations }: PolicyJudgement,
    policy: AdmissionPolicy,
    binding: AdmissionPolicyBinding,
    annotate: (key: string, value: string) => void,
  ): void {
    const deny = ({ message, reason, path }: Omit<Decision, 'isDenied'>): void => {
      const place = { of: 'policy', path } as const;
      this.denials.push({ policy: policy.name, binding: binding.name, message, reason, place });
    };
    const remark = (is: PolicyRemark['is'], message: string, path: FieldPath): void => {
      this.remarks.push({ is, policy: policy.name, binding: binding.name, place: { of: 'policy', path }, message });
    };
    for (const [index, decision] of decisions.entries()) {
      const { message, path, isDenied } = decision;
      if (!isDenied && message !== '') remark('ignored', message, path);
      if (!isDenied) continue;
      for (const action of binding.validationActions) {
        if (action === 'Deny') deny(decision);
        if (action === 'Audit') this.annotations.addFailure(message, binding, index);
        if (action === 'Warn')
          remark(
            'warning',
            `Validation failed for ValidatingAdmissionPolicy '${policy.name}' with binding '${binding.name}': ${message}`,
            path,
          );
      }
    }
    for (const annotation of annotations) {
      if ('error' in annotation) deny({ message: annotation.error, reason: '', path: annotation.path });
      else annotate(annotation.key, annotation.value);
    }
  }

  private refusal({ policy, binding, message, reason }: Denial): PolicyVerdict['rejection'] {
    const { group, resource } = this.request.resource;
    const qualified = group === '' ? resource : `${resource}.${group}`;
    const by = binding === undefined ? '' : ` with binding '${binding}'`;
    return {
      code: CODES.get(reason) ?? 422,
      reason: reason === '' ? 'Invalid' : reason,
      message: `${qualified} ${goQuote(this.shownName())} is forbidden: ValidatingAdmissionPolicy '${policy}'${by} denied request: ${message}`,
    };
  }

  private shownName(): string {
    const { name, object, kind } = this.request;
    if (name === '' && !hasMetadata(kind)) return 'Unknown/errorGettingName';
    const metadata = metadataOf(object);
    const candidates = [name, metadata.name, metadata.generateName];
    return candidates.filter((each) => typeof each === 'string').find((each) => each !== '') ?? 'Unknown';
  }

  private verdict(rejection: PolicyVerdict['rejection']): PolicyVerdict {
    return {
      ...(rejection !== undefined && { rejection }),
      warnings: this.remarks.filter(({ is }) => is === 'warning').map(({ message }) => message),
      auditAnnotations: this.annotations.published,
      denials: this.denials,
      remarks: this.remarks,
    };
  }
}
