import type { Severity } from '../finding/finding.ts';
import type { Ground } from '../finding/ground.ts';
import type { SubjectTraits } from '../rule/subject.ts';

/** Why a finding may not hold in the cluster that the manifests become a part of. */
export interface Doubt {
  /** The highest default level that is left to the finding; `one-lower`: one below its own. */
  readonly level: Severity | 'one-lower';
  /** One sentence: lower case, no full stop. */
  readonly because: string;
  /** What settles it, an imperative; '' where nothing in manifests can. */
  readonly decide: string;
}

/** A ground that a finding rests on, and what the finding is about. */
export type Asked = Ground & SubjectTraits;

/** What may put such a ground in doubt. */
export type Doubter = (asked: Asked) => Doubt | undefined;

/** What shows objects as a kustomization makes them. */
export const BUILD = 'lint the output of `kustomize build`';
