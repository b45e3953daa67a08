import type { JsonObject } from '../../../model/object.ts';
import type { LaterSpec } from '../../defaults/default-later.ts';
import { completeTemplate } from '../../defaults/default-template.ts';
import { normalize, type Shape, type ShapeField } from '../../defaults/shape.ts';
import type { PodServer } from '../../index/feature-gates.ts';
import { dropClosedFields } from './closed-fields.ts';
import { podTemplateType, type TemplateField, type TemplateType } from './template-types.ts';

/** Between these minors early patch releases set `procMount` wherever there was a security context, and later ones did not. */
const FORCED_PROC_MOUNT = { first: 12, last: 14 };
const FIRST_PROC_MOUNT = 33;

/**
 * The pod template of a new Deployment as the API server of that minor stores it and its controllers read it, with the fields of `podTemplateType`:
 * decoded, defaulted, fields of closed feature gates gone. Undefined where patch releases of the minor differ. Mirrors SetObjectDefaults_Deployment
 * of pkg/apis/apps/v1, the conversions of pkg/apis/core/v1 and DropDisabledTemplateFields of pkg/api/pod, 1.11 to 1.37.
 */
export function storedTemplate(written: JsonObject, server: PodServer): JsonObject | undefined {
  const { minor } = server;
  const template = normalize(templateShape(minor), written, minor);
  completeTemplate(template, minor);
  dropClosedFields(template.spec as JsonObject, minor);
  const spec = template.spec as unknown as LaterSpec;
  const containers = [...(spec.initContainers ?? []), ...(spec.containers ?? [])];
  return settleProcMount(containers, server) ? template : undefined;
}

interface ProcMounted {
  readonly securityContext?: { procMount?: string };
}

/** While its gate is closed `procMount` can only be Default. False where it is not known whether it was set. */
export function settleProcMount(containers: readonly ProcMounted[], { minor, procMountType }: PodServer): boolean {
  if (procMountType || minor >= FIRST_PROC_MOUNT) return true;
  for (const { securityContext } of containers) {
    if (securityContext === undefined) continue;
    if (securityContext.procMount !== undefined) securityContext.procMount = 'Default';
    else if (minor >= FORCED_PROC_MOUNT.first && minor <= FORCED_PROC_MOUNT.last) return false;
  }
  return true;
}

const shapes = new Map<number, Shape>();

function templateShape(minor: number): Shape {
  let shape = shapes.get(minor);
  if (shape === undefined) shapes.set(minor, (shape = shapeOf(podTemplateType(minor), new Map())));
  return shape;
}

function shapeOf(type: TemplateType, known: Map<TemplateType, Shape>): Shape {
  const before = known.get(type);
  if (before !== undefined) return before;
  const shape: Shape = { name: type.goName, fields: new Map() };
  known.set(type, shape);
  if (type.kind === 'struct') addFields(shape, type.fields, known);
  return shape;
}

function addFields(shape: Shape, fields: readonly TemplateField[], known: Map<TemplateType, Shape>): void {
  for (const { name, type } of fields) {
    if (name !== '') shape.fields.set(name, shapeField(name, type, known));
    else if (type.kind === 'struct') addFields(shape, type.fields, known);
  }
}

function shapeField(name: string, type: TemplateType, known: Map<TemplateType, Shape>): ShapeField {
  const field = { name, always: false, since: 0 };
  if (type.kind === 'pointer' || type.kind === 'list' || type.kind === 'map') {
    return { ...field, kind: type.kind, type: elementShape(type.of, known) };
  }
  return { ...field, kind: 'value', type: elementShape(type, known) };
}

function elementShape(type: TemplateType, known: Map<TemplateType, Shape>): ShapeField['type'] {
  switch (type.kind) {
    case 'struct':
      return shapeOf(type, known);
    case 'opaque':
      return 'json';
    case 'pointer':
    case 'list':
    case 'map':
      throw new Error(`templates hold no ${type.goName} in another`);
    default:
      return type.kind;
  }
}
