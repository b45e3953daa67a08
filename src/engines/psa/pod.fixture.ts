import fc from 'fast-check';
import type { CheckedPod } from './check.ts';

/*
 * Random pods from small pools of values, each field now right, now wrong, now absent. What the API's validation refuses stands among them: a
 * volume with two sources aside, since the checks of two levels read those differently.
 */

const names = fc.constantFrom('a', 'b', 'web', 'é');
const flag = fc.boolean();
const profile = fc.record({ type: fc.constantFrom('RuntimeDefault', 'Localhost', 'Unconfined', '') });
const shared = {
  runAsNonRoot: flag,
  runAsUser: fc.constantFrom(0, 1000),
  seccompProfile: profile,
  appArmorProfile: profile,
  seLinuxOptions: fc.record({ type: fc.constantFrom('', 'container_t', 'container_engine_t', 'spc_t') }),
  windowsOptions: fc.record({ hostProcess: flag }),
};
const capability = fc.constantFrom('ALL', 'CHOWN', 'NET_BIND_SERVICE', 'NET_RAW');
const containerContext = fc.record(
  {
    ...shared,
    privileged: flag,
    allowPrivilegeEscalation: flag,
    procMount: fc.constantFrom('Default', 'Unmasked'),
    capabilities: fc.record({
      add: fc.array(capability, { maxLength: 2 }),
      drop: fc.array(capability, { maxLength: 1 }),
    }),
  },
  { requiredKeys: [] },
);
const podContext = fc.record(
  {
    ...shared,
    sysctls: fc.array(fc.record({ name: fc.constantFrom('net.ipv4.tcp_rmem', 'kernel.shm_rmid_forced', 'kernel.x') }), {
      maxLength: 2,
    }),
  },
  { requiredKeys: [] },
);
const container = fc.record(
  {
    name: names,
    securityContext: containerContext,
    ports: fc.array(fc.record({ hostPort: fc.constantFrom(0, 80, 443) }), { maxLength: 1 }),
    livenessProbe: fc.record({ httpGet: fc.record({ host: fc.constantFrom('', '127.0.0.1') }) }),
  },
  { requiredKeys: ['name'] },
);
const volume = fc
  .constantFrom('hostPath', 'emptyDir', 'secret', 'nfs', 'image')
  .map((type) => ({ name: type, [type]: {} }));

/** A pod of one to three containers and everything that a check reads. */
export const somePod: fc.Arbitrary<CheckedPod> = fc.record({
  metadata: fc.record(
    {
      annotations: fc.dictionary(
        fc.constantFrom(
          'container.apparmor.security.beta.kubernetes.io/a',
          'container.seccomp.security.alpha.kubernetes.io/a',
          'seccomp.security.alpha.kubernetes.io/pod',
        ),
        fc.constantFrom('unconfined', 'runtime/default', 'localhost/x'),
      ),
    },
    { requiredKeys: [] },
  ),
  spec: fc.record(
    {
      containers: fc.array(container, { minLength: 1, maxLength: 3 }),
      initContainers: fc.array(container, { maxLength: 2 }),
      ephemeralContainers: fc.array(container, { maxLength: 1 }),
      securityContext: podContext,
      volumes: fc.array(volume, { maxLength: 2 }),
      hostNetwork: flag,
      hostPID: flag,
      hostUsers: flag,
      os: fc.record({ name: fc.constantFrom('linux', 'windows') }),
    },
    { requiredKeys: ['containers'] },
  ),
});
