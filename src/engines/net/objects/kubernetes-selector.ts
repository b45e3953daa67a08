import { compareBytes } from '../../../lang/byte-order.ts';
import type { LabelSelector } from '../../../lang/label-selector.ts';

/** A Kubernetes pod selector as a Calico one: it never selects host endpoints or network sets. */
export function podSelectorText(selector: LabelSelector | undefined): string {
  return ["projectcalico.org/orchestrator == 'k8s'", ...terms(selector ?? {})].join(' && ');
}

/** A Kubernetes namespace selector as a Calico one: '' when it is absent, `all()` when it is empty. */
export function namespaceSelectorText(selector: LabelSelector | undefined): string {
  if (selector === undefined) return '';
  const texts = terms(selector);
  return texts.length === 0 ? 'all()' : texts.join(' && ');
}

/** Mirrors libcalico-go/lib/backend/k8s/conversion k8sSelectorToCalico, v3.32. */
function terms(selector: LabelSelector): readonly string[] {
  const labels = Object.entries(selector.matchLabels ?? {}).sort(([a], [b]) => compareBytes(a, b));
  const out = labels.map(([key, value]) => `${key} == '${value}'`);
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) {
    const set = `{ '${values.join("', '")}' }`;
    if (operator === 'In') out.push(`${key} in ${set}`);
    else if (operator === 'NotIn') out.push(`${key} not in ${set}`);
    else if (operator === 'Exists') out.push(`has(${key})`);
    else if (operator === 'DoesNotExist') out.push(`! has(${key})`);
  }
  return out;
}
