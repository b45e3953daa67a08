import { defineRule } from '../../src/lint/rule.ts';

/** Which class a claim without one gets. Mirrors plugin/pkg/admission/storage/storageclass/setdefault, v1.24 and v1.26. */
export const rule = defineRule({
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
    // A default class may well be there already: providers bring one along.
    none: {
      level: 'info',
      text: 'claims that name no storage class will wait, {count} in all: none of the StorageClasses is marked as the default',
    },
  },
  *find(_cluster, { facts: { storage, cluster } }) {
    const { classes, defaults, unnamed, refusesSeveral } = storage;
    const [first, second] = defaults;
    const [claim] = unnamed;
    if (first !== undefined && second !== undefined) {
      if (!cluster.isLinted(second)) return;
      const path = ['metadata', 'annotations'];
      const because = [{ object: first, path, sentence: 'it is marked as the default as well' }];
      yield { is: 'several', at: { object: second, path }, because, count: defaults.length, refusesSeveral };
    } else if (first === undefined && classes.length > 0 && claim !== undefined) {
      yield { is: 'none', at: claim, count: unnamed.length };
    }
  },
  say: {
    several: ({ count, refusesSeveral }) => ({
      count,
      effect: refusesSeveral ? 'claims that name none are refused' : 'claims that name none get the youngest',
      hint: 'remove the annotation from all but one',
    }),
    none: ({ count }) => ({
      count,
      hint: 'name a class in the claim, or mark one with `storageclass.kubernetes.io/is-default-class`',
    }),
  },
});
