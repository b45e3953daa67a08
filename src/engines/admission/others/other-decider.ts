import type { JsonObject, ManifestObject } from '../../../model/object.ts';
import type { FieldPath } from '../../../text/tree.ts';
import type { Truth } from '../../../lang/truth.ts';
import type { PolicyRequest } from '../policies/policy-request.ts';

/** Somebody whom the API server asks about requests, and whose answers no manifest tells: a webhook, or a policy of an engine behind one. */
export interface OtherDecider {
  /** The manifest that puts it in force. */
  readonly object: ManifestObject;
  /** The entry in it. */
  readonly path: FieldPath;
  /** Under which the configuration says what it changes: the webhook's name, the policy's. */
  readonly name: string;
  /** `MutatingWebhookConfiguration \`istio\` (webhook \`pods.istio.io\`)`. */
  readonly title: string;
  readonly mayChange: boolean;
  readonly mayRefuse: boolean;
  /** Whether it takes a request. */
  readonly takes: (request: OtherRequest) => Truth;
}

/** A request, and its namespace as far as the manifests tell. */
export interface OtherRequest extends PolicyRequest {
  readonly object: JsonObject;
  /** Undefined for objects without a namespace. */
  readonly inNamespace: NamespaceLabels | undefined;
}

/** The labels of a namespace. */
export interface NamespaceLabels {
  readonly labels: ReadonlyMap<string, string>;
  /** Whether it may have others, as nobody declares it. */
  readonly isOpen: boolean;
}
