/**
 * Makes the demo's history: every case is filed, reviewed, dispatched and answered by its people through `perform`, at
 * past moments of the business clock, with the workers running along. Nothing is inserted. The same on every run.
 */
import { readFileSync } from 'node:fs';
import { createCalendar } from '../../shared/src/calendar/index.ts';
import type { ActionName, Actor } from '../../shared/src/workflow/index.ts';
import { createApp, type App } from '../../server/src/app.ts';
import type { Clock } from '../../server/src/clock.ts';
import { loadConfig } from '../../server/src/config.ts';
import { createLog } from '../../server/src/log.ts';
import { createPhoneVault, importRoster } from '../../server/src/people/index.ts';
import { digestOf } from '../../server/src/store/index.ts';
import { DEMO_CASES, type DemoCase } from './cases.ts';
import { PATHS, type Doer } from './paths.ts';
import { drawPhoto } from './photos.ts';
import { createUploader, fixedUuid, type Uploader } from './uploads.ts';

/** Monday morning of the reference story, just before it begins. */
const PRESENT = Date.parse('2026-07-06T08:36:00+08:00');
const HOUR = 60;

const calendar = createCalendar({ hours: [], overrides: [], notices: [] });
const csv = (name: string): string => readFileSync(new URL(`${name}.csv`, import.meta.url), 'utf8');

/** Business time as the history goes; the local messenger's clock is moved along. */
class HistoryClock implements Clock {
  #now = 0;
  readonly #messenger: string;

  constructor(messenger: string) {
    this.#messenger = messenger;
  }

  readonly businessNow = (): number => this.#now;
  readonly machineNow = Date.now;
  readonly onJump = () => () => undefined;

  async moveTo(at: number): Promise<void> {
    if (at <= this.#now) {
      return;
    }
    this.#now = at;
    const answer = await fetch(this.#messenger, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to: new Date(at).toISOString() }),
    });
    // 409: the messenger's clock runs on by itself and is already there.
    if (!answer.ok && answer.status !== 409) {
      throw new Error(`the messenger's clock did not move: ${answer.status} ${await answer.text()}`);
    }
  }
}

interface Act {
  at: number;
  order: number;
  demo: DemoCase;
  who: Doer;
  action: ActionName;
  input: Record<string, unknown>;
}

const caseIdOf = (demo: DemoCase): string => fixedUuid(demo.title);

/** The instant that lies `hours` working hours before the present. */
function hoursBefore(hours: number): number {
  let low = PRESENT - 120 * 86_400_000;
  let high = PRESENT;
  while (high - low > 30_000) {
    const middle = Math.floor((low + high) / 2);
    if (calendar.workingMinutesBetween(middle, PRESENT) > hours * HOUR) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return high;
}

function planOf(demo: DemoCase, index: number): Act[] {
  // Nobody files on the stroke of the hour; the index spreads them a little.
  const filedAt = hoursBefore(demo.hoursAgo) + (index % 7) * 97_000;
  const steps = [
    { at: 0, who: 'author' as const, action: 'submit' as const, input: {} },
    ...PATHS[demo.path],
  ];
  return steps.map((s, order) => ({
    at: s.at === 0 ? filedAt : calendar.addWorkingMinutes(filedAt, s.at * HOUR),
    order: index * 100 + order,
    demo,
    who: s.who,
    action: s.action,
    input: { ...s.input },
  }));
}

async function main(): Promise<void> {
  const config = loadConfig();
  const clock = new HistoryClock(config.clockUrl ?? '');
  const acts = DEMO_CASES.flatMap(planOf)
    .filter((act) => act.at < PRESENT)
    .toSorted((a, b) => a.at - b.at || a.order - b.order);
  const app = await createApp({
    config,
    log: createLog('warn'),
    version: 'demo',
    clock,
    callsPerSecond: null,
  });
  try {
    await clock.moveTo((acts[0]?.at ?? PRESENT) - HOUR * 60_000);
    await settleTown(app, config);
    const people = await peopleOf(app);
    const { port } = await app.serve();
    const messenger = new URL(config.clockUrl ?? '').origin;
    const uploader = await createUploader(`http://127.0.0.1:${port}`, messenger, config.dingtalk.hostId);
    for (const [done, act] of acts.entries()) {
      await clock.moveTo(act.at);
      await drain(app);
      await perform(app, people, act, act.action === 'submit' ? await photosOf(people, uploader, act) : []);
      await drain(app);
      if (done % 40 === 0) {
        console.log(`  演示数据 ${Math.round((done / acts.length) * 100)} %`);
      }
    }
    await clock.moveTo(PRESENT);
    await drain(app);
    await app.sequencer.runOnce();
    console.log(`  演示数据 100 %：${DEMO_CASES.length} 件民情，${acts.length} 步办理`);
  } finally {
    await app.stop();
  }
}

/** Roster and contacts, as on a first day. */
async function settleTown(app: App, config: App['config']): Promise<void> {
  const result = await importRoster(
    { store: app.store, clock: app.clock, vault: createPhoneVault(config.dataKey, config.indexKey) },
    { areas: csv('areas'), units: csv('units'), people: csv('roster') },
    { hostId: config.dingtalk.hostId, dryRun: false, complete: false },
  );
  if (result.errors.length > 0) {
    throw new Error(`the demo roster has errors: ${JSON.stringify(result.errors)}`);
  }
  await app.directory.refresh();
  for (const host of app.hosts.values()) {
    await app.people.contacts.sync(host);
  }
}

interface People {
  /** Members of the city's committee in the roster's order. */
  members: { actor: Actor; userId: string }[];
  of(role: string, unit: string): Actor;
}

async function peopleOf(app: App): Promise<People> {
  const rows = await app.store.read((db) =>
    db
      .selectFrom('role_grant')
      .leftJoin('unit', 'unit.id', 'role_grant.unit_id')
      .innerJoin('account', 'account.person_id', 'role_grant.person_id')
      .select([
        'role_grant.person_id',
        'role_grant.role',
        'role_grant.unit_id',
        'role_grant.area_id',
        'unit.name',
        'account.user_id',
      ])
      .orderBy('account.user_id')
      .execute(),
  );
  const actorOf = (r: (typeof rows)[number]): Actor => ({
    kind: 'person',
    personId: r.person_id,
    grants: [{ role: r.role as 'member', unitId: r.unit_id, areaId: r.area_id }],
  });
  return {
    members: rows
      .filter((r) => r.role === 'member' && r.name === '金华市政协')
      .map((r) => ({ actor: actorOf(r), userId: r.user_id })),
    of(role, unit) {
      const found = rows.find((r) => r.role === role && (role === 'inspector' || r.name === unit));
      if (!found) {
        throw new Error(`the demo has no ${role} in ${unit}`);
      }
      return actorOf(found);
    },
  };
}

/** Timers whose moment has come, then everything that waits to be sent. */
async function drain(app: App): Promise<void> {
  while ((await app.timers.runOnce()) > 0) {
    // until no timer is due
  }
  while ((await app.notices.outbox.runOnce()) > 0) {
    // until the outbox is empty
  }
}

/** Every other report brings one or two photos. */
async function photosOf(people: People, uploader: Uploader, { demo, order }: Act): Promise<string[]> {
  const index = Math.floor(order / 100);
  const author = people.members[demo.author % people.members.length];
  if (index % 2 === 1 || !author) {
    return [];
  }
  const ids: string[] = [];
  for (let nth = 0; nth < 1 + (index % 4 === 0 ? 1 : 0); nth += 1) {
    const bytes = await drawPhoto(demo.category, index + nth);
    ids.push(await uploader.upload(author.userId, `${demo.title}#${nth}`, `现场${nth + 1}.jpg`, bytes));
  }
  return ids;
}

async function perform(app: App, people: People, act: Act, fileIds: readonly string[]): Promise<void> {
  const { demo } = act;
  const caseId = caseIdOf(demo);
  const unit = (name: string): string => {
    const found = app.directory.units().find((u) => u.name === name);
    if (!found) {
      throw new Error(`the demo has no unit ${name}`);
    }
    return found.id;
  };
  const actors: Record<Doer, () => Actor> = {
    author: () =>
      people.members[demo.author % people.members.length]?.actor ?? people.of('member', '金华市政协'),
    reviewer: () => people.of('reviewer', '金华市政协'),
    dispatcher: () => people.of('dispatcher', '金华市三服务办'),
    handler: () => people.of('handler', demo.unit),
    coHandler: () => people.of('handler', demo.co ?? demo.unit),
    inspector: () => people.of('inspector', ''),
  };
  const inputs: Partial<Record<ActionName, () => Record<string, unknown>>> = {
    submit: () => ({
      title: demo.title,
      situation: demo.situation,
      suggestion: demo.suggestion,
      categoryId: demo.category,
      place: { text: demo.place, areaId: demo.areaId },
      fileIds: [...fileIds],
      // Every third author lets other members read along, so that there is something to support.
      disclosure: {
        anonymous: demo.anonymous ?? false,
        openness: Math.floor(act.order / 100) % 3 === 0 ? 'members' : 'staff',
        phoneToUnit: false,
      },
    }),
    dispatch: () => ({
      leadUnitId: unit(demo.unit),
      coUnitIds: demo.co ? [unit(demo.co)] : [],
      note: '请到现场看过后答复委员。',
    }),
    reply: () => ({ ...act.input, text: demo.reply ?? '已到现场核实并处理，请委员查看。' }),
  };
  const input = inputs[act.action]?.() ?? act.input;
  const key = `demo:${act.order}`;
  await app.cases.perform(actors[act.who](), caseId, act.action, input, {
    door: 'cli',
    principal: 'demo',
    key,
    digest: digestOf({ key }),
  });
}

await main();
