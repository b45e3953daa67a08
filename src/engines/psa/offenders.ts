import type { Container } from '../../model/kinds/container.ts';
import type { PodSpec } from '../../model/kinds/pod.ts';
import type { PodSecurityContext, SecurityContext } from '../../model/kinds/security-context.ts';
import type { Json } from '../../model/object.ts';
import type { FieldPath } from '../../text/tree.ts';
import type { ForbiddenField } from './check.ts';
import { containerClause } from './wording.ts';

/** A field that offends, by its path below the container or security context looked at. */
export type Offence = readonly [path: FieldPath, value: Json | undefined];

/** Those that offend, in the order in which the server visits them. */
export interface Offenders {
  readonly names: readonly string[];
  readonly fields: readonly ForbiddenField[];
}

/** The settings that a pod and a container can both make. */
export type SharedContext = Pick<PodSecurityContext, keyof PodSecurityContext & keyof SecurityContext>;

const NONE: readonly Offence[] = [];

/** The order in which the server visits containers (policy/visitor.go). */
const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** The offence that one field is, where `offends` holds. */
export function offenceIf(offends: boolean, path: FieldPath, value: Json | undefined): readonly Offence[] {
  return offends ? [[path, value]] : NONE;
}

/** A container and where it stands in the pod. */
export interface VisitedContainer {
  readonly container: Container;
  readonly path: FieldPath;
}

/** The containers of all kinds, in the order in which the server visits them. */
export function visitContainers(spec: PodSpec): readonly VisitedContainer[] {
  return CONTAINER_LISTS.flatMap((list) =>
    (spec[list] ?? []).map((container, index) => ({ container, path: ['spec', list, index] })),
  );
}

/** The containers in which `find` finds something. */
export function offendingContainers(spec: PodSpec, find: (container: Container) => readonly Offence[]): Offenders {
  const names: string[] = [];
  const fields: ForbiddenField[] = [];
  for (const { container, path } of visitContainers(spec)) {
    const offences = find(container);
    if (offences.length === 0) continue;
    names.push(container.name ?? '');
    for (const [below, value] of offences) fields.push({ path: [...path, ...below], value });
  }
  return { names, fields };
}

/** Who makes a forbidden setting in a security context: `names` as sentences name them, `pod`, `containers "a", "b"`. */
export function offendingContexts(spec: PodSpec, find: (context: SharedContext) => readonly Offence[]): Offenders {
  const own = find(spec.securityContext ?? {});
  const containers = offendingContainers(spec, ({ securityContext }) =>
    securityContext === undefined
      ? NONE
      : find(securityContext).map(([path, value]) => [['securityContext', ...path], value]),
  );
  const fields = own.map(([path, value]) => ({ path: ['spec', 'securityContext', ...path], value }));
  return {
    names: [
      ...(own.length > 0 ? ['pod'] : []),
      ...(containers.names.length > 0 ? [containerClause(containers.names)] : []),
    ],
    fields: [...fields, ...containers.fields],
  };
}
