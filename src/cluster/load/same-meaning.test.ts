import { describe, expect, it } from 'vitest';
import { readDocuments } from '../../text/read.ts';
import { sameMeaning } from './same-meaning.ts';

function same(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => readDocuments({ path: 'a.yaml', text }).documents[0]?.root);
  return sameMeaning(left, right);
}

describe('sameMeaning', () => {
  it('takes a default that is written out for one that is not', () => {
    expect(same('spec: {order: 1}', 'spec: {order: 1, doNotTrack: false, ingress: [{action: Pass, source: {}}]}')).toBe(
      false,
    );
    expect(same('ingress: [{action: Pass}]', 'ingress: [{action: Pass, source: {}, destination: {nets: []}}]')).toBe(
      true,
    );
    expect(same('ports: [{containerPort: 80}]', 'ports: [{protocol: TCP, containerPort: 80}]')).toBe(true);
    expect(same('{a: x}', '{a: x, replicas: 1, status: {}, creationTimestamp: null}')).toBe(true);
  });

  it('tells what differs', () => {
    expect(same('image: a:1', 'image: a:2')).toBe(false);
    expect(same('ports: [{containerPort: 80}]', 'ports: [{protocol: UDP, containerPort: 80}]')).toBe(false);
    expect(same('args: [a]', 'args: [a, b]')).toBe(false);
    expect(same('a: {b: c}', 'a: text')).toBe(false);
  });

  it('does not depend on the order of fields', () => {
    expect(same('{a: 1, b: {c: x, d: y}}', '{b: {d: y, c: x}, a: 1}')).toBe(true);
  });
});
