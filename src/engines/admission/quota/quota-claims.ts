import { decimalQuantity, type Quantity, roundUpToOne } from '../../../lang/quantity.ts';
import { readResourceList, type ResourceList } from '../../../lang/resource-list.ts';
import type { PersistentVolumeClaim } from '../../../model/kinds/persistent-volume-claim.ts';
import type { QuotaEvaluator } from './quota-evaluator.ts';

const ONE = decimalQuantity(1n);
const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';
const NAMES = ['count/persistentvolumeclaims', 'persistentvolumeclaims', 'requests.storage'];
const BY_CLASS = [
  '.storageclass.storage.k8s.io/persistentvolumeclaims',
  '.storageclass.storage.k8s.io/requests.storage',
];
const FIRST_ROUNDED = 20;
const FIRST_ATTRIBUTES_CLASS = 34;

/** How quota measures claims for storage. Mirrors pkg/quota/v1/evaluator/core/persistent_volume_claims.go, v1.11 to v1.37. */
export function claimEvaluator(minor: number): QuotaEvaluator {
  return {
    countsUpdates: true,
    matching: (names) => names.filter((name) => NAMES.includes(name) || BY_CLASS.some((end) => name.endsWith(end))),
    matchesScope: ({ scopeName, operator, values = [] }, object) => {
      if (scopeName !== 'VolumeAttributesClass' || minor < FIRST_ATTRIBUTES_CLASS) return false;
      const name = (object as PersistentVolumeClaim).spec?.volumeAttributesClassName ?? '';
      switch (operator) {
        case 'In':
          return values.includes(name);
        case 'NotIn':
          return !values.includes(name);
        case 'Exists':
          return name !== '';
        default:
          return operator === 'DoesNotExist' && name === '';
      }
    },
    missing: () => '',
    usage: (object) => claimUsage(object, minor),
  };
}

function claimUsage(claim: PersistentVolumeClaim, minor: number): ResourceList {
  const [, storageByClass] = BY_CLASS;
  const usage = new Map<string, Quantity>([
    ['persistentvolumeclaims', ONE],
    ['count/persistentvolumeclaims', ONE],
  ]);
  const storageClass = storageClassOf(claim);
  if (storageClass !== '') usage.set(`${storageClass}${BY_CLASS[0] ?? ''}`, ONE);
  const asked = readResourceList(claim.spec?.resources?.requests).get('storage');
  if (asked === undefined) return usage;
  const storage = minor >= FIRST_ROUNDED ? roundUpToOne(asked) : asked;
  usage.set('requests.storage', storage);
  if (storageClass !== '') usage.set(`${storageClass}${storageByClass ?? ''}`, storage);
  return usage;
}

/** The class of a claim: the old annotation takes precedence over the field (GetPersistentVolumeClaimClass). */
export function storageClassOf({ metadata, spec }: PersistentVolumeClaim): string {
  return metadata?.annotations?.[CLASS_ANNOTATION] ?? spec?.storageClassName ?? '';
}
