import { describe, expect, it } from 'vitest';
import { capabilityErrors, compileCapabilityRule, generatedCapabilities } from './capabilities.ts';

const place = { path: 'spec.containers[0]', podPath: ['spec', 'containers', 0] };

describe('generatedCapabilities', () => {
  const rule = compileCapabilityRule({ defaultAddCapabilities: ['B', 'A'], requiredDropCapabilities: ['Z'] });

  it('adds the defaults and drops what is required, sorted', () => {
    expect(generatedCapabilities(rule, undefined)).toEqual({ add: ['A', 'B'], drop: ['Z'] });
    expect(generatedCapabilities(rule, { add: ['C'], drop: ['Y'] })).toEqual({
      add: ['A', 'B', 'C'],
      drop: ['Y', 'Z'],
    });
  });

  it('does not add what the container drops itself', () => {
    expect(generatedCapabilities(rule, { drop: ['A'] })).toEqual({ add: ['B'], drop: ['A', 'Z'] });
  });

  it('leaves the very same value where nothing is missing', () => {
    const written = { add: ['B', 'A'], drop: ['Z'] };
    expect(generatedCapabilities(rule, written)).toBe(written);
    expect(generatedCapabilities(compileCapabilityRule({}), undefined)).toBeUndefined();
  });
});

describe('capabilityErrors', () => {
  const rule = compileCapabilityRule({
    allowedCapabilities: ['OK'],
    defaultAddCapabilities: ['GIVEN'],
    requiredDropCapabilities: ['X', 'Y'],
  });

  it('says what may not be added and what is not dropped, with both places', () => {
    const found = capabilityErrors(rule, { add: ['OK', 'GIVEN', 'BAD'], drop: ['X'] }, place);
    expect(found.map(({ message, podPath, policyPath }) => ({ message, podPath, policyPath }))).toEqual([
      {
        message:
          'spec.containers[0].securityContext.capabilities.add: Invalid value: "BAD": capability may not be added',
        podPath: ['spec', 'containers', 0, 'securityContext', 'capabilities', 'add', 2],
        policyPath: ['spec', 'allowedCapabilities'],
      },
      {
        message:
          'spec.containers[0].securityContext.capabilities.drop: Invalid value: []core.Capability{"X"}: Y is required to be dropped but was not found',
        podPath: ['spec', 'containers', 0, 'securityContext', 'capabilities', 'drop'],
        policyPath: ['spec', 'requiredDropCapabilities', 1],
      },
    ]);
  });

  it('wants capabilities to be set where a policy adds or drops any', () => {
    expect(capabilityErrors(rule, undefined, place)).toHaveLength(1);
    expect(capabilityErrors(compileCapabilityRule({ allowedCapabilities: ['OK'] }), undefined, place)).toEqual([]);
  });

  it('checks nothing under *, not even what must be dropped', () => {
    const any = compileCapabilityRule({ allowedCapabilities: ['*'], requiredDropCapabilities: ['X'] });
    expect(capabilityErrors(any, { add: ['BAD'] }, place)).toEqual([]);
    const added = compileCapabilityRule({ defaultAddCapabilities: ['*'] });
    expect(capabilityErrors(added, { add: ['BAD'] }, place)).toHaveLength(1);
  });
});
