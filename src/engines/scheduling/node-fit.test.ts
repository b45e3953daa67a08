import { describe, expect, test } from 'vitest';
import type { PodSpec } from '../../model/kinds/pod.ts';
import type { NodeSelectorRequirement } from '../../model/kinds/scheduling.ts';
import { nodeFit, type SchedulingNode } from './node-fit.ts';

const node: SchedulingNode = {
  name: 'worker-1',
  labels: new Map([
    ['dedicated', 'tenant'],
    ['cores', '8'],
  ]),
  taints: [],
};
const taint = { key: 'dedicated', value: 'tenant', effect: 'NoSchedule' };
const fit = (spec: PodSpec, of: Partial<SchedulingNode> = {}) => nodeFit(spec, { ...node, ...of }).decision;

describe('taints', () => {
  const tainted = { taints: [taint] };
  test.each<[string, PodSpec, string]>([
    ['no toleration', {}, 'taint'],
    ['the same value', { tolerations: [{ key: 'dedicated', value: 'tenant', effect: 'NoSchedule' }] }, 'fits'],
    ['another value', { tolerations: [{ key: 'dedicated', value: 'other' }] }, 'taint'],
    ['another effect', { tolerations: [{ key: 'dedicated', operator: 'Exists', effect: 'NoExecute' }] }, 'taint'],
    ['any effect', { tolerations: [{ key: 'dedicated', operator: 'Exists' }] }, 'fits'],
    ['another key', { tolerations: [{ key: 'tenant', operator: 'Exists' }] }, 'taint'],
    ['any key', { tolerations: [{ operator: 'Exists' }] }, 'fits'],
    ['a key alone, whose value is empty', { tolerations: [{ key: 'dedicated' }] }, 'taint'],
  ])('with %s', (_name, spec, expected) => {
    expect(fit(spec, tainted)).toBe(expected);
  });

  test('that only discourage keep nobody away, and each of the others must be tolerated', () => {
    expect(fit({}, { taints: [{ ...taint, effect: 'PreferNoSchedule' }] })).toBe('fits');
    const both = { taints: [taint, { key: 'other', value: '', effect: 'NoExecute' }] };
    expect(nodeFit({ tolerations: [{ key: 'dedicated', operator: 'Exists' }] }, { ...node, ...both })).toEqual({
      decision: 'taint',
      taint: both.taints[1],
    });
  });
});

describe('selection', () => {
  const required = (...terms: NodeSelectorRequirement[][]): PodSpec => ({
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: terms.map((matchExpressions) => ({ matchExpressions })),
        },
      },
    },
  });

  test('by labels needs all of them; those that kubelets set are taken to fit where the manifest has none', () => {
    expect(fit({ nodeSelector: { dedicated: 'tenant', cores: '8' } })).toBe('fits');
    expect(fit({ nodeSelector: { dedicated: 'tenant', cores: '4' } })).toBe('selector');
    expect(fit({ nodeSelector: { 'kubernetes.io/os': 'linux', 'topology.kubernetes.io/zone': 'a' } })).toBe('fits');
    expect(fit({ nodeSelector: { 'node-role.kubernetes.io/storage': '' } })).toBe('selector');
    const windows = new Map([['kubernetes.io/os', 'windows']]);
    expect(fit({ nodeSelector: { 'kubernetes.io/os': 'linux' } }, { labels: windows })).toBe('selector');
  });

  test.each<[NodeSelectorRequirement, string]>([
    [{ key: 'dedicated', operator: 'In', values: ['other', 'tenant'] }, 'fits'],
    [{ key: 'dedicated', operator: 'NotIn', values: ['tenant'] }, 'selector'],
    [{ key: 'absent', operator: 'NotIn', values: ['tenant'] }, 'fits'],
    [{ key: 'dedicated', operator: 'Exists' }, 'fits'],
    [{ key: 'absent', operator: 'Exists' }, 'selector'],
    [{ key: 'dedicated', operator: 'DoesNotExist' }, 'selector'],
    [{ key: 'cores', operator: 'Gt', values: ['4'] }, 'fits'],
    [{ key: 'cores', operator: 'Gt', values: ['8'] }, 'selector'],
    [{ key: 'cores', operator: 'Lt', values: ['10'] }, 'fits'],
    [{ key: 'dedicated', operator: 'Gt', values: ['1'] }, 'selector'],
  ])('by %j', (requirement, expected) => {
    expect(fit(required([requirement]))).toBe(expected);
  });

  test('by affinity needs one of the terms, of which an empty one matches nothing', () => {
    const yes = { key: 'dedicated', operator: 'Exists' };
    const no = { key: 'absent', operator: 'Exists' };
    expect(fit(required([no], [yes]))).toBe('fits');
    expect(fit(required([no, yes]))).toBe('selector');
    expect(fit(required([]))).toBe('selector');
    expect(fit(required())).toBe('selector');
  });

  test('by field knows the name', () => {
    const named = (name: string): PodSpec => ({
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [name] }] }],
          },
        },
      },
    });
    expect(fit(named('worker-1'))).toBe('fits');
    expect(fit(named('worker-2'))).toBe('selector');
  });
});
