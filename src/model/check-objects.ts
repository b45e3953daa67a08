import { memo } from '../lang/memo.ts';
import { isPlaceholderInCapitals, isUnknownText } from '../text/unknown-text.ts';
import { child, locate, type Tree } from '../text/tree.ts';
import { apiStatus, OPEN_GROUPS } from './api-versions.ts';
import { apiVersionProblem } from './api-version-problem.ts';
import type { CustomKind, CustomKinds } from './custom-kinds.ts';
import { faultProblem } from './fault-problem.ts';
import type { ModelProblem } from './model-problem.ts';
import { plainlyFits } from './object-value.ts';
import type { ManifestObject } from './object.ts';
import { structReference } from './types/schemas.ts';
import { type Fault, findFaults } from './types/type-faults.ts';
import type { StructReference } from './types/type.ts';
import type { KubernetesVersion } from './versions.ts';

export interface ObjectsCheck {
  readonly problems: readonly ModelProblem[];
  /** Objects that no schema was found for, by `apiVersion Kind`: nothing in them was judged. */
  readonly unjudged: ReadonlyMap<string, number>;
}

/** Beyond this many a single object's faults say nothing new. */
const MOST_FAULTS = 100;

/** Keys of strategic merge patches: kustomize takes them out before an object is sent. */
const PATCH_DIRECTIVE = /^\$(?:patch|retainKeys|setElementOrder|deleteFromPrimitiveList)\b/;

/**
 * Holds every object to the schema of its kind in a version: API versions that are gone or deprecated (`api-version`), misspelt kinds
 * (`unknown-kind`), fields the kind does not have (`unknown-field`), values of the wrong type (`schema`), repeated keys of JSON
 * (`duplicate-key`).
 */
export function checkObjects(
  objects: Iterable<ManifestObject>,
  version: KubernetesVersion,
  custom: CustomKinds,
): ObjectsCheck {
  const problems: ModelProblem[] = [];
  const unjudged = new Map<string, number>();
  for (const object of objects) {
    const declared = custom.get(`${object.apiVersion} ${object.kind}`);
    const check = declared === undefined ? checkBuiltIn(object, version.minor) : checkCustom(object, declared, version);
    for (const problem of check.problems) problems.push(problem);
    if (check.isJudged) continue;
    const key = `${object.apiVersion} ${object.kind}`;
    unjudged.set(key, (unjudged.get(key) ?? 0) + 1);
  }
  return { problems, unjudged };
}

/**
 * The same problems of one object, held to nothing but what the server of a minor has by itself: none of custom resources, Calico's
 * included, since their definitions decide about them.
 */
export function builtInProblems(object: ManifestObject, minor: number): readonly ModelProblem[] {
  return OPEN_GROUPS.has(object.group) ? [] : checkBuiltIn(object, minor).problems;
}

/** What one object's check says. */
interface ObjectCheck {
  readonly problems: readonly ModelProblem[];
  /** Whether there is a schema of its kind. */
  readonly isJudged: boolean;
}

const FINE: ObjectCheck = { problems: [], isJudged: true };

/** Both clusters and rules ask for it. That nothing is wrong, as with most objects, is told from their values again, and not kept. */
function checkBuiltIn(object: ManifestObject, minor: number): ObjectCheck {
  const status = apiStatus(object.apiVersion, object.kind, minor);
  if (status.status === 'served' && !status.deprecated && plainlyFits(object, minor)) return FINE;
  return memo(object, builtInCheck, minor);
}

function builtInCheck(object: ManifestObject, minor: number): ObjectCheck {
  // What is wrong with a copy is wrong at its own places.
  const ofOriginal = object.copyOf && checkBuiltIn(object.copyOf, minor);
  if (ofOriginal?.problems.length === 0) return ofOriginal;
  const problems: ModelProblem[] = [];
  const subject = builtInSubject(object, minor, problems);
  if (subject !== undefined) checkFields(object, subject, problems);
  return { problems, isJudged: subject !== undefined };
}

function checkCustom(object: ManifestObject, { type }: CustomKind, { minor }: KubernetesVersion): ObjectCheck {
  const problems: ModelProblem[] = [];
  if (type !== undefined) checkFields(object, { type, minor, isCustom: true }, problems);
  return { problems, isJudged: type !== undefined };
}

/** Whether a fault is none once the object is applied: of a patch's directive, an encrypted object, or a value that is not known yet. */
function isUnsettled(fault: Fault): boolean {
  switch (fault.kind) {
    case 'unknown-field':
      return (
        PATCH_DIRECTIVE.test(fault.entry.key) ||
        isUnknownText(fault.entry.key) ||
        (fault.path.length === 1 && fault.entry.key === 'sops' && isEncrypted(fault.entry.value))
      );
    case 'wrong-type':
      return (
        fault.node.type === 'string' && (isUnknownText(fault.node.value) || isPlaceholderInCapitals(fault.node.value))
      );
    default:
      return false;
  }
}

/** SOPS signs what it encrypts, and takes its block out when it decrypts. */
function isEncrypted(block: Tree): boolean {
  return block.type === 'map' && (child(block, 'mac') !== undefined || child(block, 'version') !== undefined);
}

/** The type an object is held to, in a minor that has it. */
export interface Subject {
  readonly type: StructReference;
  readonly minor: number;
  /** Whether a custom resource: its wrong types are told by OpenAPI validation, not by Go's decoder. */
  readonly isCustom: boolean;
}

function builtInSubject(object: ManifestObject, minor: number, problems: ModelProblem[]): Subject | undefined {
  const status = apiStatus(object.apiVersion, object.kind, minor);
  const problem = apiVersionProblem(object, status, minor);
  if (problem !== undefined) {
    const { key, ...rest } = problem;
    problems.push({ ...rest, object, file: object.document.file, span: locate(object.node, [key]) });
  }
  if (!('facts' in status)) return undefined;
  const { facts } = status;
  const isCustom = facts.struct.startsWith('calico.');
  return { type: structReference(facts.struct), minor: Math.max(facts.since, Math.min(facts.until, minor)), isCustom };
}

function checkFields(object: ManifestObject, subject: Subject, problems: ModelProblem[]): void {
  const options = { minor: subject.minor, duplicates: object.document.format === 'json', sorted: false };
  let count = 0;
  findFaults(object.node, subject.type, options, (fault) => {
    if (isUnsettled(fault)) return true;
    problems.push({ ...faultProblem(fault, subject), object, file: object.document.file });
    return ++count < MOST_FAULTS;
  });
}
