import type { AdmissionPolicyBinding } from '../../../model/kinds/admission-policy.ts';
import { isLabelName } from '../../../lang/label-selector.ts';

const FAILURE_KEY = 'validation.policy.admission.k8s.io/validation_failure';
const MOST_FAILURES = 50;

interface Failure {
  readonly message: string;
  readonly policy: string;
  readonly binding: string;
  readonly expressionIndex: number;
  readonly validationActions: readonly string[];
}

/** The audit annotations of a request. */
export class PolicyAnnotations {
  readonly published: Record<string, string> = {};
  private readonly failures: Failure[] = [];

  /** Gathers the annotations of a policy, whose bindings may give several values for a key. */
  ofPolicy(policy: string): { readonly add: (key: string, value: string) => void; readonly publish: () => void } {
    let values: Map<string, Set<string>> | undefined;
    return {
      add: (key, value) => {
        values ??= new Map();
        const own = values.get(key) ?? new Set();
        values.set(key, own.add(value));
      },
      publish: () => {
        for (const [key, own] of values ?? []) this.set(`${policy}/${key}`, [...own].join(', '));
      },
    };
  }

  addFailure(message: string, { name, policyName, validationActions }: AdmissionPolicyBinding, index: number): void {
    this.failures.push({ message, policy: policyName, binding: name, expressionIndex: index, validationActions });
  }

  publishFailures(): void {
    if (this.failures.length > 0) this.set(FAILURE_KEY, goJson(this.failures.slice(0, MOST_FAILURES)));
  }

  private set(key: string, value: string): void {
    if (key.split('/').length === 2 && isLabelName(key)) this.published[key] ??= value;
  }
}

/** JSON as Go writes it. */
function goJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
