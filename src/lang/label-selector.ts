/** A Kubernetes label selector, as decoded. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
}

export interface LabelSelectorRequirement {
  readonly key?: string;
  readonly operator?: string;
  readonly values?: readonly string[];
}

/**
 * Whether labels satisfy a selector: an empty one matches everything, `NotIn` matches where the label is absent. Mirrors
 * apimachinery's metav1.LabelSelectorAsSelector.
 */
export function labelSelectorMatches(selector: LabelSelector, labels: ReadonlyMap<string, string>): boolean {
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
    if (labels.get(key) !== value) return false;
  }
  return (selector.matchExpressions ?? []).every((requirement) => requirementMatches(requirement, labels));
}

function requirementMatches(requirement: LabelSelectorRequirement, labels: ReadonlyMap<string, string>): boolean {
  const actual = labels.get(requirement.key ?? '');
  const values = requirement.values ?? [];
  switch (requirement.operator) {
    case 'In':
      return actual !== undefined && values.includes(actual);
    case 'NotIn':
      return actual === undefined || !values.includes(actual);
    case 'Exists':
      return actual !== undefined;
    case 'DoesNotExist':
      return actual === undefined;
    default:
      return false;
  }
}

/**
 * What the API server would refuse in a selector, one sentence each; empty when it is valid. Mirrors apimachinery's
 * ValidateLabelSelector.
 */
export function labelSelectorProblems(selector: LabelSelector): readonly string[] {
  const problems: string[] = [];
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
    if (!isLabelName(key)) problems.push(`label name ${JSON.stringify(key)} is invalid`);
    if (!isLabelValue(value)) problems.push(`label value ${JSON.stringify(value)} is invalid`);
  }
  for (const { key = '', operator = '', values = [] } of selector.matchExpressions ?? []) {
    const takesValues = operator === 'In' || operator === 'NotIn';
    if (!takesValues && operator !== 'Exists' && operator !== 'DoesNotExist') {
      problems.push(`operator ${JSON.stringify(operator)} is not a valid selector operator`);
    } else if (takesValues && values.length === 0) {
      problems.push("values must be specified when `operator` is 'In' or 'NotIn'");
    } else if (!takesValues && values.length > 0) {
      problems.push("values may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
    }
    if (!isLabelName(key)) problems.push(`label name ${JSON.stringify(key)} is invalid`);
    for (const value of values) {
      if (!isLabelValue(value)) problems.push(`label value ${JSON.stringify(value)} is invalid`);
    }
  }
  return problems;
}

/** Whether a text may be a label's name: `[prefix/]name`. Mirrors apimachinery's IsQualifiedName. */
export function isLabelName(text: string): boolean {
  const parts = text.split('/');
  const name = parts.pop() ?? '';
  if (parts.length > 1) return false;
  const [prefix] = parts;
  if (prefix !== undefined && !(prefix.length <= 253 && isDnsSubdomain(prefix))) return false;
  return name.length <= 63 && /^[a-z\d](?:[\w.-]*[a-z\d])?$/i.test(name);
}

/** Whether a text may be a label's value. Mirrors apimachinery's IsValidLabelValue. */
export function isLabelValue(text: string): boolean {
  return text === '' || (text.length <= 63 && /^[a-z\d](?:[\w.-]*[a-z\d])?$/i.test(text));
}

/** Whether a text is a lower-case DNS subdomain, of any length. */
export function isDnsSubdomain(text: string): boolean {
  return text.split('.').every(isDnsLabel);
}

/** Whether a text is one lower-case DNS label, of any length. */
export function isDnsLabel(text: string): boolean {
  return /^[a-z\d](?:[-a-z\d]*[a-z\d])?$/.test(text);
}

/** Whether a selector requires nothing. */
export function isEmptySelector({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}
