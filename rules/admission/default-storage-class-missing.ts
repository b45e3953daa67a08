import { defineRule } from '../../src/lint/rule.ts';

/** Which StorageClass a claim without one gets. Mirrors plugin/pkg/admission/storage/storageclass/setdefault, v1.24 and v1.26. */
export const rule = defineRule({
  id: 'admission/default-storage-class-missing',
  summary: 'There is exactly one default StorageClass',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['storage', 'seed:002'],
  scope: 'tree',
  needs: ['storage', 'cluster'],
  messages: {
    several: '{count} StorageClasses are marked as the default: {effect}',
    // The cluster may already have a default class: providers install one.
    none: {
      level: 'info',
      text: 'claims that name no storage class stay pending ({count} in all): no StorageClass is marked as the default',
    },
  },
  *find(_cluster, { facts: { storage, cluster } }) {
    const { classes, defaults, unnamed, refusesSeveral } = storage;
    const [first, second] = defaults;
    const [claim] = unnamed;
    if (first !== undefined && second !== undefined) {
      if (!cluster.isLinted(second)) return;
      const path = ['metadata', 'annotations'];
      const because = [{ object: first, path, sentence: 'also marked as the default' }];
      yield { is: 'several', at: { object: second, path }, because, count: defaults.length, refusesSeveral };
    } else if (first === undefined && classes.length > 0 && claim !== undefined) {
      yield { is: 'none', at: claim, count: unnamed.length };
    }
  },
  say: {
    several: ({ count, refusesSeveral }) => ({
      count,
      effect: refusesSeveral ? 'claims that name no class are refused' : 'claims that name no class get the newest',
      hint: 'remove the annotation from all classes but one',
    }),
    none: ({ count }) => ({
      count,
      hint: 'set `storageClassName` in the claim, or mark one class with `storageclass.kubernetes.io/is-default-class`',
    }),
  },
});
