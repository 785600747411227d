/** People of the demo moved to 浙政钉: the same town with another messenger in some hands. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DEMO_DIRECTORY, type DirectoryFile } from '../../scripts/messenger/src/index.ts';

export interface MovedPeople {
  directory: DirectoryFile;
  /** The roster's rows by messenger; the head is in each. */
  rosters: Record<'dingtalk' | 'zhezhengding', string>;
}

/**
 * Who moves keeps name, phone, unit and role, and gets the ids of 浙政钉: an employeeCode and an accountId.
 * @param who ids of the directory, or everyone
 * @param twins ids of people who have a second account there besides; it is on no roster, and its id ends in `-gov`
 */
export function moveToZhezhengding(
  who: readonly string[] | 'everyone',
  roster: string,
  twins: readonly string[] = [],
): MovedPeople {
  const file = JSON.parse(readFileSync(DEMO_DIRECTORY, 'utf8')) as DirectoryFile;
  const moves = (id: string): boolean => who === 'everyone' || who.includes(id);
  const codes = new Map<string, string>();
  const second = file.people
    .filter((person) => twins.includes(person.id))
    .map((person, index) => ({
      ...person,
      id: `${person.id}-gov`,
      userid: `GE_${createHash('md5').update(`${person.id} twin`).digest('hex')}`,
      unionid: String(79_500_000 + index),
      mobile: `2${person.mobile.slice(1)}`,
      host: 'zhezhengding' as const,
    }));
  const people = file.people.map((person, index) => {
    if (!moves(person.id)) {
      return person;
    }
    const userid = `GE_${createHash('md5').update(person.id).digest('hex')}`;
    codes.set(person.userid, userid);
    return { ...person, userid, unionid: String(79_000_000 + index), host: 'zhezhengding' as const };
  });
  const [head = '', ...rows] = roster.trim().split('\n');
  const own = rows.filter((row) => !codes.has(row.split(',')[0] ?? ''));
  const moved = rows.flatMap((row) => {
    const [userid = '', ...rest] = row.split(',');
    const code = codes.get(userid);
    return code === undefined ? [] : [[code, ...rest].join(',')];
  });
  const csv = (list: string[]): string => `${[head, ...list].join('\n')}\n`;
  return {
    directory: { ...file, people: [...people, ...second] },
    rosters: { dingtalk: csv(own), zhezhengding: csv(moved) },
  };
}
