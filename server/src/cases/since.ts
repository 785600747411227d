/** What happened to a case after a version somebody saw: told when their act is refused. */
import { momentText } from '@minqing/shared/time';
import { isMembers, spec } from '@minqing/shared/workflow';
import type { Reader } from '../store/index.ts';
import { eventsOf } from './case.repository.ts';
import { namesOf } from './names.ts';

const MOST = 5;

/** 「周凯 签收（今天 10:12）」, oldest first, the last five. Authors are not named: the reader may not know them. */
export async function sinceVersion(
  db: Reader,
  caseId: string,
  version: number,
  now: number,
): Promise<string[]> {
  const events = (await eventsOf(db, caseId)).filter((e) => e.version > version).slice(-MOST);
  const names = await namesOf(
    db,
    events.flatMap((e) => (e.personId ? [e.personId] : [])),
  );
  return events.map((e) => {
    const who = isMembers(e.capacity) ? '委员' : e.capacity.kind === 'timer' ? '' : names(e.personId).name;
    return `${who} ${spec(e.action).label}（${momentText(e.at, now)}）`.trim();
  });
}
