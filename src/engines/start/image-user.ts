/** Whom an image runs as: a number, or a name that only the image itself could resolve. */
export interface ImageUser {
  readonly uid: number;
  /** '' where the number is known. */
  readonly name: string;
}

/**
 * Reads the user of an image's configuration: `1001`, `nginx`, `1001:0`; nothing means root. Mirrors getUserFromImageUser of containerd's
 * CRI (pkg/cri/util) and getImageUser of pkg/kubelet/kuberuntime/helpers.go, v1.24.
 */
export function imageUser(user: string | number): ImageUser {
  const [own = ''] = String(user).split(':');
  if (own === '') return { uid: 0, name: '' };
  return /^[+-]?\d+$/.test(own) ? { uid: Number(own), name: '' } : { uid: 0, name: own };
}
