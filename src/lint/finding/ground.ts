import type { PodSource } from '../../cluster/pods/pod-source.ts';
import type { Assumption } from '../../engines/verdict.ts';
import type { ManifestObject } from '../../model/object.ts';
import type { Severity } from './finding.ts';

/**
 * What a finding may rest on that is not certain from manifests. The runner knows what puts each in doubt (`doubt.ts`); a rule only says
 * which of them its findings need.
 */
export type GroundKind =
  /** what the object says: doubtful where a patch of a kustomization targets it; */
  | 'field'
  /** the object's name and namespace, and what else applies to it there: doubtful where a kustomization changes its file in any way; */
  | 'placement'
  /** that no namespace is set: doubtful for what a kustomization without one makes, since who deploys it often sets one, in subjects too; */
  | 'namespace-as-built'
  /** which pods a namespace has: doubtful where other manifests, an operator or another directory may bring more; */
  | 'pods-of-namespace'
  /** that a namespace has no such pod: doubtful also where a pod of the namespace may create pods; */
  | 'no-pods-of-namespace'
  /** that a namespace is the one that is meant: doubtful where its pods leave `metadata.namespace` out, and where a network policy of the tree does; */
  | 'namespace-as-applied'
  /** that several manifests belong together: doubtful where they leave the namespace out and stand in different directories; */
  | 'written-together'
  /** which user creates the pod: doubtful where the manifests do not say; */
  | 'creator'
  /**
   * that admission decides about the pod as it is written: doubtful for a static pod, which runs whether or not its mirror is admitted, and where a
   * webhook or a policy that is not evaluated may change it first;
   */
  | 'admission'
  /** which policies accounts may use: doubtful where the tree grants none to whole groups and does not show that the plugin is on; */
  | 'bindings'
  /** that the PodSecurityPolicies of the tree are for the object: doubtful where other kustomizations make all of them; */
  | 'policies'
  /** that an object exists nowhere: doubtful where documents cannot be read, or the directory has no other object of the kind; */
  | 'absence'
  /** that clusters are divided as guessed: doubtful where what is missing is in another one, which has no copy of the object; */
  | 'division'
  /** that no policy of another kind allows more: doubtful where the tree has some, such as Cilium's; */
  | 'no-other-policies'
  /** which namespaces there are, and their labels: doubtful until the configuration says that the tree is complete; */
  | 'namespaces'
  /** which nodes there are: doubtful until the configuration says that the tree is complete; */
  | 'nodes'
  /** the Kubernetes version: doubtful where it is assumed. */
  | 'target-version';

/** One thing that a finding rests on, with what it is about where that is not the finding's own object. */
export interface Ground {
  readonly on: GroundKind;
  readonly object?: ManifestObject;
  readonly namespace?: string;
  readonly pod?: PodSource;
  /** The other manifests, of `written-together`. */
  readonly others?: readonly ManifestObject[];
  /** The kind of the object that is missing, and its group where that is not the core group, of `absence` and `division`. */
  readonly kind?: string;
  readonly group?: string;
  /** Its name, of `division`. */
  readonly name?: string;
  /** In doubt the finding is lowered (as a rule), or dropped. */
  readonly inDoubt?: 'drop';
}

/** An assumption of an engine, or of the rule, that a finding rests on; it lowers the finding to `level`. */
export interface AssumedGround {
  readonly assumes: Assumption;
  readonly level: Severity;
}

/** What a finding may rest on: a kind of ground, one about another object, or an assumption. */
export type AnyGround = GroundKind | Ground | AssumedGround;
