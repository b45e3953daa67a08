import type { AdmissionRequest } from '../../cluster/admission-request.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { defaultPod } from '../../cluster/defaults/default-pod.ts';
import { podServer } from '../../cluster/feature-gates.ts';
import type { FieldError } from '../../cluster/field-error.ts';
import { podErrors } from '../../cluster/pod-validation.ts';
import { podWarnings } from '../../cluster/pod-warnings.ts';
import { podForCreate, podForUpdate } from '../../cluster/stored-pod.ts';
import type { JsonObject } from '../../model/object.ts';
import type { Judgement } from '../psp/judge-pod.ts';
import { judgementReasons } from '../psp/verdict-reasons.ts';
import type { Assumption, Reason, Verdict } from '../verdict.ts';
import type { AdmissionAttributes, AdmissionPlugin, PluginOutcome, Rejection } from './plugin.ts';
import { PLUGINS } from './registry.ts';
import { podObject, requestedPod } from './requested-pod.ts';

/** Which plugins run, and how the API server around them is set up. */
export interface ChainOptions {
  /** Names of plugins; they run in the server's own order. */
  readonly plugins: readonly string[];
  /** kube-apiserver --allow-privileged (default true, as kubeadm sets it): only `validationErrors` depend on it. */
  readonly allowPrivileged?: boolean;
}

/**
 * What admission decides about a request. `decision` is admission's alone: where `validationErrors` has something, the server refuses the
 * request (422) although admission lets it pass.
 */
export interface AdmissionVerdict extends Verdict<'allow' | 'deny'> {
  /** The plugin that refused; '' when none did. */
  readonly deniedBy: string;
  readonly phase: 'admit' | 'validate' | '';
  /** HTTP status and its reason; 0 and '' when nothing refused. */
  readonly code: number;
  readonly reason: string;
  readonly messageParts: readonly string[];
  /** The object as it would be stored; of a refused one, as far as it got. */
  readonly object: JsonObject;
  readonly auditAnnotations: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  /** Those of the API's validation errors of new pods that bear on security (`podErrors`). */
  readonly validationErrors: readonly FieldError[];
  /** What PodSecurityPolicy made of every policy, in the pass that decided; undefined when it did not look. */
  readonly psp: Judgement | undefined;
}

/**
 * Takes a request about a pod, or through one of its subresources, through an API server: decoding and defaulting, the mutating plugins, the
 * registry, the validating plugins. Mirrors endpoints/handlers/{create,update}.go and admission/chain.go of apiserver, v1.24.
 */
export function runAdmission(cluster: Cluster, request: AdmissionRequest, options: ChainOptions): AdmissionVerdict {
  return new Run(cluster, request, options).verdict();
}

const CLUSTER_NAME_WARNING =
  'metadata.clusterName was specified. This field is not preserved and will be removed from the schema in 1.25';
const STORED_SUBRESOURCES = new Set(['', 'status', 'ephemeralcontainers']);

class Run {
  private readonly cluster: Cluster;
  private readonly plugins: readonly AdmissionPlugin[];
  private readonly allowPrivileged: boolean;
  private attributes: AdmissionAttributes;
  private auditAnnotations: Readonly<Record<string, string>> = {};
  private assumptions: Assumption[] = [];
  private readonly warnings: string[] = [];
  private validationErrors: readonly FieldError[] = [];
  private psp: Judgement | undefined;

  constructor(cluster: Cluster, request: AdmissionRequest, { plugins, allowPrivileged = true }: ChainOptions) {
    this.cluster = cluster;
    this.plugins = PLUGINS.filter(
      ({ name, operations }) => plugins.includes(name) && operations.includes(request.operation),
    );
    this.allowPrivileged = allowPrivileged;
    this.attributes = decode(cluster, request);
  }

  verdict(): AdmissionVerdict {
    const wrong = this.settleNamespace();
    if (wrong !== undefined) return this.end({ rejection: wrong, deniedBy: '', phase: '' });
    for (const plugin of this.plugins) {
      const outcome = plugin.admit?.(this.cluster, this.attributes);
      const rejection = this.take(outcome);
      if (rejection !== undefined) return this.end({ rejection, deniedBy: plugin.name, phase: 'admit' });
      if (outcome?.object !== undefined) this.attributes = { ...this.attributes, object: outcome.object };
    }
    this.store();
    for (const plugin of this.plugins) {
      const rejection = this.take(plugin.validate?.(this.cluster, this.attributes));
      if (rejection !== undefined) return this.end({ rejection, deniedBy: plugin.name, phase: 'validate' });
    }
    return this.end();
  }

  /** Fills in the namespace of the request; an object of another one is refused before any plugin. */
  private settleNamespace(): Rejection | undefined {
    const { namespace, object } = this.attributes;
    const metadata = object.metadata as JsonObject;
    const written = metadata.namespace ?? '';
    if (written === '') {
      this.attributes = { ...this.attributes, object: { ...object, metadata: { ...metadata, namespace } } };
      return undefined;
    }
    if (written === namespace) return undefined;
    const message = 'the namespace of the provided object does not match the namespace sent on the request';
    return { code: 400, reason: 'BadRequest', message, messageParts: [], because: [] };
  }

  private take(outcome: PluginOutcome | undefined): Rejection | undefined {
    if (outcome === undefined) return undefined;
    this.auditAnnotations = { ...this.auditAnnotations, ...outcome.auditAnnotations };
    this.assumptions.push(...(outcome.assumptions ?? []));
    // A creation is shown as the mutating pass saw it, unless only the validating one refused it.
    const isShown = this.psp === undefined || outcome.rejection !== undefined;
    if (outcome.psp !== undefined && isShown) this.psp = outcome.psp;
    return outcome.rejection;
  }

  /** What the registry does between the two passes. */
  private store(): void {
    const { operation, subresource, oldObject } = this.attributes;
    const pod = requestedPod(this.attributes);
    if (pod === undefined) return;
    const server = podServer(this.cluster);
    let stored = pod;
    const isStored = operation === 'UPDATE' ? STORED_SUBRESOURCES.has(subresource) : subresource === '';
    if (isStored && 'clusterName' in pod.metadata) this.warnings.push(CLUSTER_NAME_WARNING);
    if (operation === 'CREATE' && subresource === '') {
      stored = podForCreate(pod, server);
      this.validationErrors = podErrors(stored, { allowPrivileged: this.allowPrivileged });
      if (this.validationErrors.length === 0) this.warnings.push(...podWarnings(stored));
    } else if (operation === 'UPDATE' && oldObject !== undefined) {
      stored = podForUpdate(pod, oldObject as unknown as typeof pod, subresource, server);
    }
    const { name = '' } = stored.metadata;
    this.attributes = { ...this.attributes, object: podObject(stored), name: this.attributes.name || name };
  }

  private end(refused?: {
    rejection: Rejection;
    deniedBy: string;
    phase: 'admit' | 'validate' | '';
  }): AdmissionVerdict {
    const { rejection, deniedBy = '', phase = '' } = refused ?? {};
    return {
      decision: rejection === undefined ? 'allow' : 'deny',
      get message() {
        return rejection?.message ?? '';
      },
      because: rejection?.because ?? this.allowReasons(),
      steps: [],
      assumptions: this.assumptions,
      deniedBy,
      phase,
      code: rejection?.code ?? 0,
      reason: rejection?.reason ?? '',
      messageParts: rejection?.messageParts ?? [],
      object: this.attributes.object,
      auditAnnotations: this.auditAnnotations,
      warnings: this.warnings,
      validationErrors: this.validationErrors,
      psp: this.psp,
    };
  }

  private allowReasons(): readonly Reason[] {
    return this.psp === undefined ? [] : judgementReasons(this.cluster, this.psp);
  }
}

function decode(cluster: Cluster, request: AdmissionRequest): AdmissionAttributes {
  const { operation, user, namespace, resource, subresource } = request;
  const { value: version } = cluster.version;
  const pod = defaultPod(request.object, version);
  const { name = '' } = pod.metadata;
  const { realName } = request;
  const named = { operation, user, namespace, name, group: '', resource, subresource, object: podObject(pod) };
  const attributes = realName === undefined ? named : { ...named, realName };
  if (request.oldObject === undefined) return attributes;
  return { ...attributes, oldObject: podObject(defaultPod(request.oldObject, version)) };
}
