import type { Check, CheckPod, ForbiddenField } from '../check.ts';

const SAFE_1_0 = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
];
const SAFE_1_27 = [...SAFE_1_0, 'net.ipv4.ip_local_reserved_ports'];
const SAFE_1_29 = [
  ...SAFE_1_27,
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
];
const SAFE_1_32 = [...SAFE_1_29, 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'];
const SAFE_1_37 = [...SAFE_1_32, 'net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat'];

/** Only kernel parameters that stay within the pod, by their names as written. Mirrors policy/check_sysctls.go, v0.37. */
export const sysctls: Check = {
  id: 'sysctls',
  level: 'baseline',
  versions: [
    { since: 0, checkPod: allowing(SAFE_1_0) },
    { since: 27, checkPod: allowing(SAFE_1_27) },
    { since: 29, checkPod: allowing(SAFE_1_29) },
    { since: 32, checkPod: allowing(SAFE_1_32) },
    { since: 37, checkPod: allowing(SAFE_1_37) },
  ],
};

function allowing(safe: readonly string[]): CheckPod {
  return ({ spec }) => {
    const names: string[] = [];
    const fields: ForbiddenField[] = [];
    for (const [index, { name = '' }] of (spec.securityContext?.sysctls ?? []).entries()) {
      if (safe.includes(name)) continue;
      names.push(name);
      fields.push({ path: ['spec', 'securityContext', 'sysctls', index, 'name'], value: name });
    }
    return names.length === 0 ? undefined : { reason: 'forbidden sysctls', detail: names.join(', '), fields };
  };
}
