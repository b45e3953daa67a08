import { checkPod } from '../../pods/pod.ts';
import { checkPodChange } from '../../pods/pod-update.ts';
import type { KindCheck } from '../kind-check.ts';

export const podCheck: KindCheck = { create: checkPod, update: checkPodChange };
