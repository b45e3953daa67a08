import type { AdmissionPlugin } from './plugin.ts';
import { podSecurityPolicy } from './pod-security-policy.ts';
import { serviceAccountPlugin } from './service-account.ts';

/** The admission plugins in the order in which a kube-apiserver runs them, whatever the order of its flags (AllOrderedPlugins, v1.24). */
export const PLUGINS: readonly AdmissionPlugin[] = [serviceAccountPlugin, podSecurityPolicy];
