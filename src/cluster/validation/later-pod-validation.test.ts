import { describe, expect, it } from 'vitest';
import type { PodSpec } from '../../model/kinds/pod.ts';
import { laterPodErrors } from './later-pod-validation.ts';

function messages(minor: number, spec: PodSpec, annotations: Record<string, string> = {}): readonly string[] {
  return laterPodErrors({ metadata: { annotations }, spec }, minor).map(({ message }) => message);
}

describe('laterPodErrors', () => {
  it('lets no pod have users of its own beside namespaces of the host', () => {
    const spec = { hostUsers: false, hostNetwork: true, hostPID: true, hostIPC: true };
    expect(messages(24, spec)).toEqual([]);
    expect(messages(33, spec)).toEqual([
      'spec.hostNetwork: Forbidden: when `hostUsers` is false',
      'spec.HostPID: Forbidden: when `hostUsers` is false',
      'spec.HostIPC: Forbidden: when `hostUsers` is false',
    ]);
    expect(messages(33, { ...spec, hostUsers: true })).toEqual([]);
    expect(messages(33, { hostUsers: true, os: { name: 'windows' } })).toEqual([
      'spec.hostUsers: Forbidden: cannot be set for a windows pod',
    ]);
  });

  it('lets only pods with users of their own unmask /proc', () => {
    const spec = { containers: [{ name: 'a', securityContext: { procMount: 'Unmasked' } }] };
    expect(messages(33, spec)).toEqual([
      'spec.containers[0].securityContext.procMount: Invalid value: "Unmasked": `hostUsers` must be false to use `Unmasked`',
    ]);
    expect(messages(33, { ...spec, hostUsers: false })).toEqual([]);
    expect(messages(29, spec)).toEqual([]);
  });

  it('wants AppArmor profiles that are written twice to be the same', () => {
    const key = 'container.apparmor.security.beta.kubernetes.io/a';
    const at = 'spec.containers[0].securityContext.appArmorProfile';
    const judge = (appArmorProfile: { type: string; localhostProfile?: string }, annotation: string) =>
      messages(30, { containers: [{ name: 'a' }], securityContext: { appArmorProfile } }, { [key]: annotation });
    const wrongType = [`${at}.type: Forbidden: apparmor type in annotation and field must match`];
    expect(judge({ type: 'Unconfined' }, 'runtime/default')).toEqual(wrongType);
    expect(judge({ type: 'RuntimeDefault' }, 'unconfined')).toEqual(wrongType);
    expect(judge({ type: 'Localhost', localhostProfile: 'x' }, 'runtime/default')).toEqual(wrongType);
    expect(judge({ type: 'Localhost', localhostProfile: 'x' }, 'localhost/y')).toEqual([
      `${at}.localhostProfile: Forbidden: apparmor profile in annotation and field must match`,
    ]);
    expect(judge({ type: 'Localhost', localhostProfile: 'x' }, 'localhost/x')).toEqual([]);
    expect(judge({ type: 'Unconfined' }, 'unconfined')).toEqual([]);
  });
});
