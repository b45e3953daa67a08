import type { JsonObject, ManifestObject } from '../../model/object.ts';
import type { KubernetesVersion } from '../../model/versions.ts';
import type { Problem } from '../../text/source.ts';
import type { FieldPath } from '../../text/tree.ts';
import type { Refusal } from './refusal.ts';

export type { KubernetesVersion };

/** A value and where it came from, so that output can say it: `1.24 (the tree holds PodSecurityPolicies)`. */
export interface Settled<T> {
  readonly value: T;
  /** A clause, lower case, no full stop. */
  readonly origin: string;
  /** What to write, and where, to decide it; present only where the value was taken for granted. */
  readonly decide?: string;
  /** The manifest field that decided it, when one did. */
  readonly place?: ObjectPlace;
}

/** A field of a manifest. */
export interface ObjectPlace {
  readonly object: ManifestObject;
  readonly path: FieldPath;
}

/** Who sends a request: the name and groups that the authenticator gives. */
export interface UserInfo {
  readonly name: string;
  readonly groups: readonly string[];
}

/** What is known of images that a pattern matches; what is absent is not known. */
export interface ImageFacts {
  /** As in the image's configuration: a number, a name, either with a group after a colon, or '' for root. */
  readonly user?: string | number;
}

/** What a user may settle about a cluster; everything absent is inferred and said. */
export interface ClusterSettings {
  readonly kubernetesVersion?: string;
  /** Whether the PodSecurityPolicy plugin is on; absent: read from the kube-apiserver manifest, else from presence of policies. */
  readonly podSecurityPolicy?: boolean;
  /** Admission plugins that are on or off, whatever the manifests and the version say: `AlwaysPullImages` → true. */
  readonly admissionPlugins?: Readonly<Record<string, boolean>>;
  /** kube-controller-manager --use-service-account-credentials. */
  readonly controllerCredentials?: boolean;
  /** Whether the default roles and bindings exist (default true). */
  readonly bootstrapRBAC?: boolean;
  /** Who applies the manifests: the user that bare Pods are created by. */
  readonly creator?: UserInfo;
  /** Whether the manifests tell of all that exists: then an account that pods use but nobody declares does not exist (default false). */
  readonly complete?: boolean;
  /** Feature gates of the kube-apiserver that differ from their defaults. */
  readonly featureGates?: Readonly<Record<string, boolean>>;
  /** Custom kinds with a pod template: `argoproj.io/Rollout` → `spec.template`. */
  readonly podTemplates?: Readonly<Record<string, string>>;
  /** What is taken for granted of those who decide beside the API server. */
  readonly assume?: {
    /** What a mutating webhook or policy adds to the pods that it takes, by its name: `{}` for nothing that matters, else the fields of a pod. */
    readonly mutatedBy?: Readonly<Record<string, JsonObject>>;
  };
  /** What is known of container images, by pattern: `nginx:1.*` → the user that it runs as. No image is ever opened. */
  readonly images?: Readonly<Record<string, ImageFacts>>;
}

/**
 * All objects of one cluster together. Immutable and independent of the order in which files were read; everything else that is
 * known about it is asked from the functions of this room, which keep their answers in WeakMaps keyed by it.
 */
export interface Cluster {
  /** '' for the only cluster of a tree; else its name in the configuration, or the directory that it was guessed from. */
  readonly name: string;
  readonly settings: ClusterSettings;
  readonly version: Settled<KubernetesVersion>;
  /** The objects that exist, each identity once, as what is in `refused` does not: linted ones first, context ones (read, never linted) after them, both in file order. */
  readonly objects: readonly ManifestObject[];
  /**
   * Further manifests of an identity that `objects` holds already. They do not exist beside it, so engines never see them; linting of
   * single objects does, and the pods of workloads among them are judged as pods of their own.
   */
  readonly superseded: readonly ManifestObject[];
  /**
   * The manifests that its API server refuses, and why: none of them grants, denies, selects or limits anything. As with `superseded`, single
   * objects are linted all the same, and the pods of workloads among them are judged.
   */
  readonly refused: ReadonlyMap<ManifestObject, Refusal>;
  readonly context: ReadonlySet<ManifestObject>;
  readonly problems: readonly Problem[];
}
