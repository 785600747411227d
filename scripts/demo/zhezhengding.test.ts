import { describe, expect, it } from 'vitest';
import { bothMessengers, zhezhengdingRoster } from './zhezhengding.ts';

describe('the demo’s people of 浙政钉', () => {
  const gov = bothMessengers().people.filter((one) => one.host === 'zhezhengding');

  it('can play the story from the report to the stars', () => {
    expect(new Set(gov.flatMap((one) => one.roles))).toEqual(
      new Set(['member', 'reviewer', 'dispatcher', 'handler']),
    );
  });

  it('share no id, phone or name with anybody, and stand in the roster by their employee codes', () => {
    const { people } = bothMessengers();
    for (const key of ['id', 'userid', 'unionid', 'mobile', 'name'] as const) {
      expect(new Set(people.map((one) => one[key])).size, key).toBe(people.length);
    }
    const rows = zhezhengdingRoster().trim().split('\n').slice(1);
    expect(rows.map((row) => row.split(',')[0])).toEqual(gov.map((one) => one.userid));
  });
});
