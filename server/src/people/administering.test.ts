import type { Actor, Grant } from '@minqing/shared/workflow';
import { describe, expect, it } from 'vitest';
import { administering } from './administering.ts';

const BELOW: Record<string, string[]> = {
  province: ['province', 'city', 'county', 'other'],
  city: ['city', 'county'],
  county: ['county'],
  other: ['other'],
};
const directory = { areasWithin: (id: string) => BELOW[id] ?? [] };
const person = (...grants: Grant[]): Actor => ({ kind: 'person', personId: 'p1', grants });
const grant = (role: Grant['role'], areaId: string): Grant => ({ role, areaId, unitId: null });

describe('what an administrator answers for', () => {
  it('is the area of the grant and everything below it, over all admin grants', () => {
    const scope = administering(person(grant('admin', 'city'), grant('admin', 'other')), directory);
    expect([...scope.areaIds].sort()).toEqual(['city', 'county', 'other']);
    expect(scope.personId).toBe('p1');
    expect(scope.covers('county')).toBe(true);
    expect(scope.covers('province')).toBe(false);
    expect(scope.covers(null)).toBe(false);
  });

  it('never follows from another role, however high', () => {
    for (const role of ['inspector', 'leader', 'dispatcher', 'head', 'member'] as const) {
      expect(() => administering(person(grant(role, 'province')), directory)).toThrow('只有管理员');
    }
    expect(() => administering(person(), directory)).toThrow('只有管理员');
    expect(() => administering({ kind: 'timer' }, directory)).toThrow('只有管理员');
  });

  it('takes no areas along from the other grants of the same person', () => {
    const scope = administering(person(grant('admin', 'county'), grant('leader', 'province')), directory);
    expect([...scope.areaIds]).toEqual(['county']);
    expect(() => scope.require('city')).toThrow('不归您管');
    expect(() => scope.require('county')).not.toThrow();
  });
});
