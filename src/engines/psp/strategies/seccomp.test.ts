import { expect, test } from 'vitest';
import type { SecurityContext } from '../../../model/kinds/security-context.ts';
import { compileSeccompRule, containerSeccompErrors } from './seccomp.ts';

const container = ['spec', 'containers', 0];
const ofPod = 'seccomp.security.alpha.kubernetes.io/pod';
const ofMain = 'container.seccomp.security.alpha.kubernetes.io/main';
const unconfined: SecurityContext = { seccompProfile: { type: 'Unconfined' } };

test.each<[string, SecurityContext, SecurityContext, Record<string, string>, (string | number)[]]>([
  ['its own field', unconfined, unconfined, {}, [...container, 'securityContext', 'seccompProfile']],
  ['its annotation', {}, unconfined, { [ofMain]: 'unconfined' }, ['metadata', 'annotations', ofMain]],
  ['the field of the pod', {}, unconfined, {}, ['spec', 'securityContext', 'seccompProfile']],
  ['the annotation of the pod', {}, {}, { [ofPod]: 'unconfined' }, ['metadata', 'annotations', ofPod]],
])('the profile of a container that is refused stands in %s', (_where, context, podContext, annotations, expected) => {
  const rule = compileSeccompRule(
    { 'seccomp.security.alpha.kubernetes.io/allowedProfileNames': 'runtime/default' },
    24,
  );
  const errors = containerSeccompErrors(rule, annotations, podContext, { name: 'main', context }, container);
  expect(errors.map(({ podPath }) => podPath)).toEqual([expected]);
});
