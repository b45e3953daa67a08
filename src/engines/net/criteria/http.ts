import type { TrafficAlgebra, TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import type { HttpMatch } from '../form/normal-form.ts';
import type { HttpRequest, RuleCriterion } from './criterion.ts';
import { isUnderHttpPrefix, normalizeHttpPath } from './http-path.ts';

/**
 * HTTP requests by method and path. Only Dikastes looks at it; every kernel data path allows the whole TCP match. Mirrors
 * app-policy/checker/match.go, v3.32.
 */
export class HttpCriterion implements RuleCriterion {
  readonly mismatch = 'another request';
  private readonly match: HttpMatch;

  constructor(match: HttpMatch) {
    this.match = match;
  }

  matchesFamily(): boolean {
    return true;
  }

  matchesPacket(): boolean {
    return true;
  }

  traffic({ everything }: TrafficAlgebra): TrafficSet {
    return everything;
  }

  covers(): boolean {
    return true;
  }

  /** `malformed` for a path that does not begin with `/`, if a path is asked for. */
  matchesRequest(request: HttpRequest): boolean | 'malformed' {
    const { methods, paths } = this.match;
    if (methods.length > 0 && !methods.includes('*') && !methods.includes(request.method)) return false;
    if (paths.length === 0) return true;
    if (!request.path.startsWith('/')) return 'malformed';
    const path = normalizeHttpPath(request.path);
    if (path === undefined) return false;
    return paths.some((wanted) => {
      const normalized = normalizeHttpPath(wanted.path);
      if (normalized === undefined) return false;
      return wanted.kind === 'exact' ? path === normalized : isUnderHttpPrefix(path, normalized);
    });
  }
}
