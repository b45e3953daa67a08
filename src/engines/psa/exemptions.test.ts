import { describe, expect, it } from 'vitest';
import { isExempt, requestExemption } from './exemptions.ts';

const exemptions = { namespaces: ['kube-system'], usernames: ['alice'], runtimeClasses: [] };

describe('requestExemption', () => {
  it.each([
    ['kube-system', 'alice', 'namespace'],
    ['kube-system', 'bob', 'namespace'],
    ['shop', 'alice', 'user'],
    ['shop', 'bob', undefined],
  ])('in %s by %s: %s', (namespace, userName, exemption) => {
    expect(requestExemption(exemptions, { namespace, userName })).toBe(exemption);
  });

  it('never exempts a name that is empty, whatever the list', () => {
    expect(isExempt([''], '')).toBe(false);
    expect(isExempt(['a'], undefined)).toBe(false);
    expect(isExempt(['a'], 'A')).toBe(false);
  });
});
