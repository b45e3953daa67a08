import { defineCheckRule } from '../../src/lint/rule.ts';

/** Which class a claim without one gets. Mirrors plugin/pkg/admission/storage/storageclass/setdefault, v1.24 and v1.26. */
export const rule = defineCheckRule({
  id: 'admission/default-storage-class-missing',
  summary: 'There is exactly one default StorageClass for claims that name none',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['storage', 'seed:002'],
  scope: 'tree',
  needs: ['storage', 'cluster'],
  messages: {
    several: '{count} StorageClasses are marked as the default: {effect}',
    none: 'claims that name no storage class will wait, {count} in all: none of the StorageClasses is marked as the default',
  },
  check(_cluster, { facts, report }) {
    const { classes, defaults, unnamed, refusesSeveral } = facts.storage;
    const [first, second] = defaults;
    const [claim] = unnamed;
    if (first !== undefined && second !== undefined) {
      const effect = refusesSeveral ? 'claims that name none are refused' : 'claims that name none get the youngest';
      if (!facts.cluster.isLinted(second)) return;
      const because = [
        { object: first, path: ['metadata', 'annotations'], sentence: 'it is marked as the default as well' },
      ];
      const place = { object: second, path: ['metadata', 'annotations'] };
      report(
        place,
        'several',
        { count: defaults.length, effect },
        { because, hint: 'take the annotation from all but one' },
      );
    } else if (first === undefined && classes.length > 0 && claim !== undefined) {
      const hint = 'name a class in the claim, or mark one with `storageclass.kubernetes.io/is-default-class`';
      // A default class may well be there already: providers bring one along.
      report(claim, 'none', { count: unnamed.length }, { hint, atMost: 'info' });
    }
  },
});
