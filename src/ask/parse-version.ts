import { parseKubernetesVersion } from '../cluster/components/target-version.ts';
import { NEWEST_MINOR, OLDEST_MINOR } from '../model/versions.ts';
import { UsageError } from './values/usage-error.ts';

/**
 * The setting `kubernetesVersion`, as somebody types it.
 * @throws UsageError for what is no version, and for a version that is not judged for.
 */
export function parseVersion(text: string): string {
  if (/^v?1\.\d{1,2}(?:\.\d+)?$/.test(text) && parseKubernetesVersion(text) !== undefined) return text;
  const hint = `use the form 1.24; supported versions are 1.${OLDEST_MINOR} to 1.${NEWEST_MINOR}`;
  throw new UsageError(`unknown Kubernetes version \`${text}\``, hint);
}
