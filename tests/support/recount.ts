/**
 * What cases count for, counted again from the recorded events in plain SQL, by somebody who never saw the code that
 * keeps the figures: nothing of the product is imported. Events of whichever database are copied into one in memory.
 */
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

export interface Recorded {
  events: {
    case_id: string;
    version: number;
    action: string;
    at: number;
    to_state: string;
    clocks_json: string;
    data_json: string;
  }[];
  memberships: { person_id: string; sector: string; from_at: number; to_at: number | null }[];
  /** Office time, from and to. */
  office: { from: number; to: number }[];
}

export interface Recount {
  case_id: string;
  kind: string;
  mark: number;
  at: number;
  area: string;
  unit: string;
  category: string;
  sector: string;
  place: string;
}

const ENDS =
  'review returned declined withdrawn merged dispatch sign handling rework rating ruling unrated upheld satisfied';
const endCase = (end: string): number => ENDS.split(' ').indexOf(end);

/** Everything of an event by name, so that the statements below read like the rules. */
const VIEWS = `
create table ev (case_id text, version integer, action text, at integer, to_state text, clocks text, data text,
  primary key (case_id, version));
create table ms (person_id text, sector text, from_at integer, to_at integer);
create table office (f integer, t integer);

create view last as select e.* from ev e
  join (select case_id, max(version) v from ev group by case_id) m on m.case_id = e.case_id and m.v = e.version;

create view facts as
select l.case_id, l.to_state as state,
  (select e.at from ev e where e.case_id = l.case_id and e.version = 1) as submitted,
  (select coalesce(e.data->>'$.receiving.areaId', e.data->>'$.intake.areaId') from ev e where e.case_id = l.case_id
     and (e.version = 1 or e.action in ('escalate', 'delegate')) order by e.version desc limit 1) as area,
  (select coalesce(e.data->>'$.content.categoryId', e.data->>'$.categoryId') from ev e where e.case_id = l.case_id
     and e.action in ('submit', 'edit', 'accept', 'correct')
     and coalesce(e.data->>'$.content.categoryId', e.data->>'$.categoryId') is not null
     order by e.version desc limit 1) as category,
  (select coalesce(e.data->>'$.content.place.areaId', e.data->>'$.place.areaId') from ev e where e.case_id = l.case_id
     and (e.action in ('submit', 'edit') or e.action = 'correct' and json_type(e.data, '$.place') = 'object')
     order by e.version desc limit 1) as placed,
  (select case when e.data->>'$.disclosure.anonymous' = 1 then '' else
     (select m.sector from ms m where m.person_id =
        (select f.data->>'$.authorId' from ev f where f.case_id = l.case_id and f.version = 1)
      and m.from_at <= (select f.at from ev f where f.case_id = l.case_id and f.version = 1)
      and (m.to_at is null or m.to_at > (select f.at from ev f where f.case_id = l.case_id and f.version = 1))
      order by m.from_at desc limit 1) end
   from ev e where e.case_id = l.case_id and e.action = 'submit' order by e.version desc limit 1) as sector
from last l;

create view released as
select e.case_id, e.version, e.at as released, e.data->>'$.release.reply.round' as round,
  e.data->>'$.release.reply.unitId' as unit, e.data->>'$.release.reply.class' as class,
  e.data->>'$.release.reply.at' as written, e.data->>'$.release.assignmentId' as assignment
from ev e where json_type(e.data, '$.release') = 'object';

create view given as
select e.case_id, e.version, e.at, a.value->>'$.id' as id, a.value->>'$.unitId' as unit, a.value->>'$.part' as part,
  a.value->>'$.round' as round, a.value->>'$.rework' as rework
from ev e, json_each(e.data, '$.assignments') a
where e.action in ('dispatch', 'redispatch', 'changeCoHandlers', 'settle');

create view taken as
select e.case_id, c.value as id, 'cancelled' as how, e.at from ev e, json_each(e.data, '$.cancelled') c
union all select e.case_id, c.value, 'cancelled', e.at from ev e, json_each(e.data, '$.release.cancelled') c
union all select e.case_id, e.data->>'$.assignmentId', 'returned', e.at from ev e where e.action = 'transferBack'
union all select e.case_id, e.data->>'$.assignmentId', 'done', e.at from ev e where e.action = 'opinion'
union all select case_id, assignment, 'done', released from released;

create view assignment as
select g.*,
  (select t.how from taken t where t.case_id = g.case_id and t.id = g.id order by t.at desc limit 1) as how,
  (select t.at from taken t where t.case_id = g.case_id and t.id = g.id order by t.at desc limit 1) as ended,
  (select min(e.at) from ev e where e.case_id = g.case_id and e.data->>'$.assignmentId' = g.id
     and e.action in ('sign', 'progress', 'contact', 'ask', 'opinion', 'reply')) as signed
from given g;

create view change as
select e.case_id, e.version, e.action, e.at, c.key as nth, c.value->>'$.do' as do,
  coalesce(c.value->>'$.id', c.value->>'$.clock.id') as id, c.value as body
from ev e, json_each(e.clocks) c;

create view clock as
select s.case_id, s.version, s.id, s.body->>'$.clock.kind' as kind, s.body->>'$.clock.round' as round,
  s.body->>'$.clock.unitId' as unit, s.body->>'$.clock.startedAt' as started,
  s.body->>'$.clock.firstDueAt' as first_due,
  (select coalesce(d.body->>'$.dueAt', d.body->>'$.clock.dueAt') from change d where d.case_id = s.case_id and d.id = s.id
     and d.do in ('start', 'resume', 'move', 'recount') order by d.version desc, d.nth desc limit 1) as due,
  (select coalesce(d.body->>'$.at', d.at) from change d where d.case_id = s.case_id and d.id = s.id and d.do = 'stop')
     as stopped,
  (select d.action from change d where d.case_id = s.case_id and d.id = s.id and d.do = 'stop') as stopped_by,
  (select d.version from change d where d.case_id = s.case_id and d.id = s.id and d.do = 'stop') as stopped_version,
  (select case when d.do = 'pause' then d.at end from change d where d.case_id = s.case_id and d.id = s.id
     and d.do in ('pause', 'resume', 'stop') order by d.version desc, d.nth desc limit 1) as paused,
  coalesce((select sum(d.body->>'$.pausedMinutes') from change d where d.case_id = s.case_id and d.id = s.id
     and d.do = 'resume'), 0) as rest
from change s where s.do = 'start';

create view stars as
select e.case_id, e.data->>'$.rating.round' as round, min(e.data->>'$.rating.stars') as lowest, max(e.at) as at,
  (select a.data->>'$.outcome' from ev a where a.case_id = e.case_id and a.action = 'reviewAppeal'
     and a.data->>'$.round' = e.data->>'$.rating.round') as appeal
from ev e where e.action = 'rate' and e.data->>'$.support' = 0 group by e.case_id, e.data->>'$.rating.round';
`;

/** The unit that leads or last led, of those not taken off. */
const LEAD = `coalesce((select a.unit from assignment a where a.case_id = f.case_id and a.part = 'lead'
  and coalesce(a.how, '') not in ('returned', 'cancelled') order by cast(substr(a.id, 2) as integer) desc limit 1), '')`;
const ACCEPTED = `f.state not in ('submitted', 'returned', 'declined', 'withdrawn', 'merged')`;
const AGAIN = `exists (select 1 from released r where r.case_id = f.case_id)`;
const UNIT_OF_ROUND = `coalesce((select r.unit from released r where r.case_id = f.case_id and r.round = s.round
  order by r.version desc limit 1), '')`;
const minutes = (from: string, to: string): string =>
  `(select coalesce(sum(max(0, min(o.t, ${to}) - max(o.f, ${from}))), 0) / 60000.0 from office o
    where o.t > ${from} and o.f < ${to})`;
/** Met, missed, or null: not counted. `done` is when it was done, `end` the limit. */
const verdict = (done: string, end: string): string =>
  `case when ${done} is not null then ${done} <= ${end}
        when a.how in ('returned', 'cancelled') and a.ended <= ${end} then null else 0 end`;
const REPLIED = `case when a.how = 'done' then k.stopped end`;

/** One statement a kind: case, mark, moment, unit, and the area where it is not the case's own. */
const KINDS: Record<string, string> = {
  reported: `select f.case_id, case
      when f.state = 'submitted' then ${endCase('review')} when f.state = 'returned' then ${endCase('returned')}
      when f.state = 'declined' then ${endCase('declined')} when f.state = 'withdrawn' then ${endCase('withdrawn')}
      when f.state = 'merged' then ${endCase('merged')} when f.state = 'replied' then ${endCase('rating')}
      when f.state = 'disputed' then ${endCase('ruling')}
      when f.state = 'closed' then case
        (select coalesce(e.data->>'$.outcome', 'upheld') from ev e where e.case_id = f.case_id
           and e.action in ('settle', 'conclude') order by e.version desc limit 1)
        when 'rated' then ${endCase('satisfied')} when 'unrated' then ${endCase('unrated')} else ${endCase('upheld')} end
      when ${AGAIN} then ${endCase('rework')}
      when f.state = 'accepted' then ${endCase('dispatch')} when f.state = 'dispatched' then ${endCase('sign')}
      else ${endCase('handling')} end as mark, f.submitted as at, ${LEAD} as unit, null as area from facts f`,
  handedOut: `select f.case_id, 0 as mark, f.submitted as at, '' as unit,
      (select coalesce(p.data->>'$.receiving.areaId', p.data->>'$.intake.areaId') from ev p where p.case_id = f.case_id
        and p.version < e.version and (p.version = 1 or p.action in ('escalate', 'delegate'))
        order by p.version desc limit 1) as area
    from facts f join ev e on e.case_id = f.case_id and e.action in ('escalate', 'delegate')`,
  accepted: `select f.case_id, 0 as mark, (select max(e.at) from ev e where e.case_id = f.case_id and e.action = 'accept')
      as at, ${LEAD} as unit, null as area from facts f where ${ACCEPTED}`,
  dispatched: `select f.case_id, ${AGAIN} and f.state in ('replied', 'disputed', 'closed') as mark, min(e.at) as at,
      ${LEAD} as unit, null as area
    from facts f join ev e on e.case_id = f.case_id and e.action = 'dispatch' group by f.case_id`,
  replied: `select f.case_id, min(r.released) as at, ${LEAD} as unit, null as area,
      (select x.class = 'solved' or exists (select 1 from ev g where g.case_id = f.case_id and g.action = 'fulfil'
          and g.version > x.version and not exists (select 1 from ev d where d.case_id = f.case_id
            and d.version > g.version and (d.action = 'dispatch' or d.action = 'settle' and d.to_state = 'dispatched')))
        from released x where x.case_id = f.case_id order by x.version desc limit 1)
      + 2 * exists (select 1 from given g where g.case_id = f.case_id and g.rework = 1) as mark
    from facts f join released r on r.case_id = f.case_id group by f.case_id`,
  closed: `select f.case_id, 0 as mark, max(e.at) as at, ${LEAD} as unit, null as area
    from facts f join ev e on e.case_id = f.case_id and e.action in ('settle', 'conclude') and e.to_state = 'closed'
    where f.state = 'closed' group by f.case_id`,
  rated: `select f.case_id, s.lowest as mark, s.at, ${UNIT_OF_ROUND} as unit, null as area
    from facts f join stars s on s.case_id = f.case_id and coalesce(s.appeal, '') <> 'excused'
    where s.round = (select max(o.round) from stars o where o.case_id = f.case_id and coalesce(o.appeal, '') <> 'excused')`,
  firstRated: `select f.case_id, s.lowest as mark, s.at, ${UNIT_OF_ROUND} as unit, null as area
    from facts f join stars s on s.case_id = f.case_id and coalesce(s.appeal, '') <> 'excused'
    where s.round = (select min(r.round) from released r where r.case_id = f.case_id)`,
  feedback: `select f.case_id, 1 as mark, max(s.at) as at, ${LEAD} as unit, null as area
      from facts f join stars s on s.case_id = f.case_id group by f.case_id
    union all select f.case_id, 0, max(e.at), ${LEAD}, null from facts f
      join ev e on e.case_id = f.case_id and e.to_state = 'closed' and e.action in ('settle', 'conclude')
      where f.state = 'closed' and not exists (select 1 from stars s where s.case_id = f.case_id) group by f.case_id`,
  due: `select f.case_id, ${verdict(REPLIED, 'k.due')} as mark, k.due as at, a.unit, null as area
    from facts f join clock k on k.case_id = f.case_id and k.kind = 'reply' and k.round = 1
    join assignment a on a.case_id = k.case_id and a.version = k.version and a.part = 'lead'
    where k.paused is null or k.paused > k.due`,
  firstDue: `select f.case_id, ${verdict(REPLIED, 'k.first_due')} as mark, k.first_due as at, a.unit, null as area
    from facts f join clock k on k.case_id = f.case_id and k.kind = 'reply' and k.round = 1
    join assignment a on a.case_id = k.case_id and a.version = k.version and a.part = 'lead'
    where not (f.state = 'replying' and k.paused is not null and k.paused <= k.first_due)`,
  reworkDue: `select f.case_id, ${verdict(REPLIED, 'k.due')} as mark, k.due as at, a.unit, null as area
    from facts f join clock k on k.case_id = f.case_id and k.kind = 'reply' and k.round > 1
    join assignment a on a.case_id = k.case_id and a.version = k.version and a.part = 'lead'
    where k.paused is null or k.paused > k.due`,
  signDue: `select f.case_id, ${verdict('a.signed', 'k.due')} as mark, k.due as at, a.unit, null as area
    from facts f join clock k on k.case_id = f.case_id and k.kind = 'sign'
    join assignment a on a.case_id = k.case_id and a.version = k.version and a.part = 'lead'`,
  assigned: `select f.case_id, coalesce(a.how = 'returned', 0) as mark, a.at, a.unit, null as area
    from facts f join assignment a on a.case_id = f.case_id`,
  adopted: `select f.case_id, 0 as mark, min(e.at) as at, ${LEAD} as unit, null as area
    from facts f join ev e on e.case_id = f.case_id and e.action = 'adopt' group by f.case_id`,
  'time:review': `select f.case_id, ${minutes('k.started', 'k.stopped')} as mark, k.stopped as at, ${LEAD} as unit,
      null as area
    from facts f join clock k on k.case_id = f.case_id and k.kind = 'review' and k.stopped_by = 'accept'
    where ${ACCEPTED} and k.version = (select max(o.version) from clock o where o.case_id = f.case_id
      and o.kind = 'review')`,
  'time:dispatch': `select f.case_id, ${minutes('k.started', 'k.stopped')} as mark, k.stopped as at, a.unit, null as area
    from facts f join clock k on k.case_id = f.case_id and k.kind = 'dispatch' and k.stopped_by = 'dispatch'
    join assignment a on a.case_id = k.case_id and a.version = k.stopped_version and a.part = 'lead'`,
  'time:sign': `select f.case_id, ${minutes('a.at', 'a.signed')} as mark, a.signed as at, a.unit, null as area
    from facts f join assignment a on a.case_id = f.case_id and a.part = 'lead' and a.signed is not null`,
  'time:handle': `select f.case_id, max(0, ${minutes('k.started', 'k.stopped')} - k.rest) as mark, k.stopped as at, a.unit,
      null as area
    from facts f join clock k on k.case_id = f.case_id and k.kind = 'reply' and k.round = 1
    join assignment a on a.case_id = k.case_id and a.version = k.version and a.part = 'lead' and a.how = 'done'
    where k.stopped is not null`,
  'time:rework': `select f.case_id, max(0, ${minutes('k.started', 'k.stopped')} - k.rest) as mark, k.stopped as at, a.unit,
      null as area
    from facts f join clock k on k.case_id = f.case_id and k.kind = 'reply' and k.round > 1
    join assignment a on a.case_id = k.case_id and a.version = k.version and a.part = 'lead' and a.how = 'done'
    where k.stopped is not null`,
  'time:check': `select f.case_id, ${minutes('k.started', 'k.stopped')} as mark, k.stopped as at, ${LEAD} as unit,
      null as area
    from facts f join clock k on k.case_id = f.case_id and k.kind = 'check' and k.stopped is not null`,
  'time:ruling': `select f.case_id, ${minutes('k.started', 'k.stopped')} as mark, k.stopped as at, ${LEAD} as unit,
      null as area
    from facts f join clock k on k.case_id = f.case_id and k.kind = 'ruling' and k.stopped is not null`,
  'time:whole': `select f.case_id, ${minutes('f.submitted', 'r.written')} as mark, r.written as at, r.unit, null as area
    from facts f join released r on r.case_id = f.case_id
      and r.version = (select min(o.version) from released o where o.case_id = f.case_id)`,
};
export const RECOUNTED = Object.keys(KINDS);

/** Everything the cases count for. */
export function recount({ events, memberships, office }: Recorded): Recount[] {
  const db = new DatabaseSync(':memory:');
  try {
    db.exec('pragma legacy_alter_table = on');
    db.exec(VIEWS);
    const fill = (table: string, rows: SQLInputValue[][]): void => {
      if (rows.length === 0) {
        return;
      }
      const insert = db.prepare(`insert into ${table} values (${(rows[0] ?? []).map(() => '?').join(', ')})`);
      rows.forEach((row) => insert.run(...row));
    };
    db.exec('begin');
    fill(
      'ev',
      events.map((e) => [
        e.case_id,
        e.version,
        e.action,
        Number(e.at),
        e.to_state,
        e.clocks_json,
        e.data_json,
      ]),
    );
    fill(
      'ms',
      memberships.map((m) => [
        m.person_id,
        m.sector,
        Number(m.from_at),
        m.to_at === null ? null : Number(m.to_at),
      ]),
    );
    fill(
      'office',
      office.map((o) => [o.from, o.to]),
    );
    db.exec('commit');
    // Views over views are looked up again and again: made once, with an index, they are quick.
    for (const name of ['facts', 'released', 'given', 'taken', 'assignment', 'change', 'clock', 'stars']) {
      db.exec(`create table made_${name} as select * from ${name}`);
      db.exec(`drop view ${name}`);
      db.exec(`alter table made_${name} rename to ${name}`);
      db.exec(`create index by_case_${name} on ${name} (case_id)`);
    }
    return Object.entries(KINDS).flatMap(([kind, sql]) =>
      (
        db
          .prepare(
            `select t.case_id, t.mark, t.at, t.unit, coalesce(t.area, f.area) as area, f.category,
               coalesce(f.sector, '') as sector, coalesce(f.placed, f.area) as place
             from (${sql}) t join facts f on f.case_id = t.case_id where t.mark is not null`,
          )
          .all() as unknown as Omit<Recount, 'kind'>[]
      ).map((row) => ({
        ...row,
        kind,
        mark: Math.floor(Number(row.mark) + 1e-6),
        at: Number(row.at),
      })),
    );
  } finally {
    db.close();
  }
}
