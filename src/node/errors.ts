import { UserError } from '../ask/values/usage-error.ts';

/** The configuration cannot be read or does not mean anything. */
export class ConfigError extends UserError {}

/** Why the operating system refused, as text: `permission denied`; for other errors the message itself. */
export function systemReason(error: unknown): string {
  const code = systemCode(error);
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}

/** The operating system's name for a failure: `ENOENT`; '' when it was not the operating system that failed. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'the name is too long',
  EISDIR: 'it is a directory',
  ENXIO: 'nothing can be read from it',
  ENOSPC: 'no space is left',
  EIO: 'the device cannot be read',
  ENOTDIR: 'a part of the path is not a directory',
};
