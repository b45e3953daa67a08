import { isDnsLabel, isDnsSubdomain, isLabelName, isLabelValue } from '../../../../lang/label-selector.ts';
import { problemAt } from './field-problem.ts';
import type { FieldProblem } from './field-problem.ts';
import type { KubernetesObject } from '../kubernetes-object.ts';

const annotationsLimit = 256 * 1024;

/** How the name of a resource may look. */
export type NameForm = 'subdomain' | 'label' | 'network-policy' | 'global-network-policy';

/**
 * The first thing that libcalico refuses in an object's metadata; undefined when it is accepted. Mirrors validateObjectMeta of
 * libcalico-go/lib/validator/v3, v3.32.
 */
export function metadataProblem(object: KubernetesObject, form: NameForm): FieldProblem | undefined {
  const { name } = object;
  if (name === '') return problemAt(['metadata', 'name'], 'field must be set for a Create request');
  if (name.length > (form === 'label' ? 63 : 253)) return problemAt(['metadata', 'name'], 'is too long');
  if (!isDnsSubdomain(name) || !hasForm(name, form))
    return problemAt(['metadata', 'name'], `${JSON.stringify(name)} is invalid`);
  let size = 0;
  for (const [key, value] of object.annotations) {
    if (!isLabelName(key.toLowerCase()))
      return problemAt(['metadata', 'annotations'], `name ${JSON.stringify(key)} is invalid`);
    size += utf8Length(key) + utf8Length(value);
  }
  if (size > annotationsLimit) return problemAt(['metadata', 'annotations'], 'total size is too large');
  for (const [key, value] of object.labels) {
    if (!isLabelName(key)) return problemAt(['metadata', 'labels'], `name ${JSON.stringify(key)} is invalid`);
    if (!isLabelValue(value)) return problemAt(['metadata', 'labels'], `value ${JSON.stringify(value)} is invalid`);
  }
  return undefined;
}

/** Names of policies have at most one dot; those that Calico itself gives to converted policies may have more. */
function hasForm(name: string, form: NameForm): boolean {
  const labels = name.split('.');
  if (!labels.every(isDnsLabel)) return false;
  switch (form) {
    case 'subdomain':
      return true;
    case 'label':
      return labels.length === 1;
    case 'global-network-policy':
      return labels.length <= 2;
    case 'network-policy':
      return labels.length <= 2 || /^(?:knp|ossg)\.default\./.test(name);
  }
}

function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}
