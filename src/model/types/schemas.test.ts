import { describe, expect, it } from 'vitest';
import { KINDS } from '../data/kinds.ts';
import { STRUCTS } from '../data/structs.ts';
import { kindFacts, kindsOf, knownApiVersions } from '../kind-facts.ts';
import { structNamed } from './schemas.ts';
import { fieldOf, goTypeName, type Type } from './type.ts';

describe('the packed schemas', () => {
  it('parse, line by line, and refer only to structs they hold', () => {
    const names = STRUCTS.split('\n').map((line) => line.replace(/!?\t.*/, ''));
    const known = new Set(names);
    const missing = new Set<string>();
    const visit = (type: Type): void => {
      if (type.kind === 'pointer') visit(type.to);
      else if (type.kind === 'slice' || type.kind === 'map') visit(type.of);
      else if (type.kind === 'struct' && !known.has(type.name)) missing.add(type.name);
    };
    for (const name of names) for (const field of structNamed(name).fields.values()) visit(field.type);
    expect([...missing]).toEqual([]);
  });

  it('stay small: they are loaded at every start', () => {
    expect(STRUCTS.length + KINDS.length).toBeLessThan(300_000);
  });

  it('have a struct for every kind', () => {
    const without = knownApiVersions().flatMap((apiVersion) =>
      [...kindsOf(apiVersion).values()].filter(({ struct }) => structNamed(struct).fields.size === 0),
    );
    expect(without).toEqual([]);
  });

  it('know since and until when a field exists', () => {
    const pod = structNamed('core.v1.PodSpec');
    expect(fieldOf(pod, 'hostUsers', 24)).toBeUndefined();
    expect(fieldOf(pod, 'hostUsers', 25)).toBeDefined();
    expect(fieldOf(structNamed('core.v1.ObjectReference'), 'name', 11)).toBeDefined();
  });

  it('know a field by the type it had in a version', () => {
    const claim = structNamed('core.v1.PersistentVolumeClaimSpec');
    const named = (minor: number): string => {
      const type = fieldOf(claim, 'resources', minor)?.type;
      return type === undefined ? '' : goTypeName(type).replace('*', '');
    };
    expect([named(20), named(37)]).toEqual(['v1.ResourceRequirements', 'v1.VolumeResourceRequirements']);
  });

  it('spell types as Go does', () => {
    const spelled = (struct: string, field: string): string => {
      const type = structNamed(struct).fields.get(field)?.type;
      return type === undefined ? '' : goTypeName(type);
    };
    expect(spelled('core.v1.PodSpec', 'containers')).toBe('[]v1.Container');
    expect(spelled('core.v1.ResourceRequirements', 'limits')).toBe('v1.ResourceList');
    expect(spelled('core.v1.Secret', 'data')).toBe('map[string][]uint8');
    expect(spelled('core.v1.PodSpec', 'priority')).toBe('*int32');
  });
});

describe('the facts of kinds', () => {
  it('hold the lifecycle of a removed kind', () => {
    expect(kindFacts('extensions/v1beta1', 'Deployment')).toMatchObject({
      until: 15,
      deprecated: 8,
      removed: 16,
      replacement: { apiVersion: 'apps/v1', kind: 'Deployment' },
    });
    expect(kindFacts('policy/v1beta1', 'PodSecurityPolicy')).toMatchObject({ until: 24, registered: false });
  });

  it('find options kinds in every registered group version, and Status in any', () => {
    expect(kindFacts('apps/v1', 'DeleteOptions')?.struct).toBe('meta.v1.DeleteOptions');
    expect(kindFacts('example.org/v1', 'DeleteOptions')).toBeUndefined();
    expect(kindFacts('example.org/v1', 'Status')?.struct).toBe('meta.v1.Status');
  });

  it('include Calico', () => {
    expect(kindFacts('projectcalico.org/v3', 'GlobalNetworkPolicy')?.struct).toMatch(/^calico\./);
    expect(kindFacts('crd.projectcalico.org/v1', 'IPPool')?.struct).toMatch(/^calico\./);
  });
});
