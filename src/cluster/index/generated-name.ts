import type { ObjectMeta } from '../../model/kinds/metadata.ts';

/** A generated name keeps at most this much of its prefix. */
const MAXIMUM_PREFIX = 58;

/** The name of a new object: its own, or its prefix with a random end that is always `xxxxx` here; '' when it has neither. */
export function createdName({ name = '', generateName = '' }: ObjectMeta): string {
  return name === '' && generateName !== '' ? `${generateName.slice(0, MAXIMUM_PREFIX)}xxxxx` : name;
}

/** Metadata whose prefix of a name can be held to the format of names: of a prefix a dash at the end is no mistake. */
export function withPlainPrefix(metadata: ObjectMeta): ObjectMeta {
  const { generateName } = metadata;
  if (generateName === undefined || generateName.length < 2 || !generateName.endsWith('-')) return metadata;
  return { ...metadata, generateName: `${generateName.slice(0, -2)}a` };
}
