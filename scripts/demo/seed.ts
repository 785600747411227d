/**
 * Makes the demo's history: every case is filed, reviewed, dispatched and answered by its people through `perform`, at
 * past moments of the business clock, with the workers running along. Nothing is inserted. The same on every run.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createCalendar } from '../../shared/src/calendar/index.ts';
import { createApp, type App } from '../../server/src/app.ts';
import type { Clock } from '../../server/src/clock.ts';
import { loadConfig } from '../../server/src/config.ts';
import { createLog } from '../../server/src/log.ts';
import { createPhoneVault, importRoster } from '../../server/src/people/index.ts';
import { createActing, type Act } from './acting.ts';
import { arrangeHouse, nameSubstitute, SUBSTITUTE_HOURS_AGO } from './arranging.ts';
import { DEMO_CASES, type DemoCase } from './cases.ts';
import { connectDemo } from './exchange.ts';
import { PATHS } from './paths.ts';
import { createUploader } from './uploads.ts';
import { zhezhengdingRoster } from './zhezhengding.ts';

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
    // The stand-in platform comes up after this: that it does not answer yet is no news.
    log: createLog('error'),
    version: 'demo',
    clock,
    callsPerSecond: null,
  });
  try {
    await clock.moveTo((acts[0]?.at ?? PRESENT) - HOUR * 60_000);
    await settleTown(app, config);
    await arrangeHouse(app);
    const { port } = await app.serve();
    const messenger = new URL(config.clockUrl ?? '').origin;
    const uploader = await createUploader(`http://127.0.0.1:${port}`, messenger, config.dingtalk.hostId);
    const acting = await createActing(app, calendar, uploader);
    const awayFrom = hoursBefore(SUBSTITUTE_HOURS_AGO);
    let away = false;
    for (const [done, act] of acts.entries()) {
      if (!away && act.at > awayFrom) {
        away = true;
        await clock.moveTo(awayFrom);
        await nameSubstitute(app);
      }
      await clock.moveTo(act.at);
      await drain(app);
      await acting.perform(act);
      await drain(app);
      if (done % 40 === 0) {
        console.log(`  演示数据 ${Math.round((done / acts.length) * 100)} %`);
      }
    }
    await clock.moveTo(PRESENT);
    await drain(app);
    await app.sequencer.runOnce();
    await joinPlatform(app);
    console.log(`  演示数据 100 %：${DEMO_CASES.length} 件民情，${acts.length} 步办理`);
  } finally {
    await app.stop();
  }
}

/** One county goes over to the stand-in platform; what that has to know for its end is left in a file. */
async function joinPlatform(app: App): Promise<void> {
  const { PLATFORM_URL: url, PLATFORM_CONNECTION: file } = process.env;
  if (url && file) {
    writeFileSync(file, JSON.stringify(await connectDemo(app, `${url}/sfw/v1`)), { mode: 0o600 });
  }
}

/** Roster and contacts of each messenger, as on a first day. */
async function settleTown(app: App, config: App['config']): Promise<void> {
  const rosters = { dingtalk: csv('roster'), zhezhengding: zhezhengdingRoster() };
  for (const vendor of config.hosts) {
    const result = await importRoster(
      { store: app.store, clock: app.clock, vault: createPhoneVault(config.dataKey, config.indexKey) },
      { areas: csv('areas'), units: csv('units'), people: rosters[vendor] },
      { hostId: config[vendor].hostId, dryRun: false, complete: false },
    );
    if (result.errors.length > 0) {
      throw new Error(`the demo roster has errors: ${JSON.stringify(result.errors)}`);
    }
  }
  await app.directory.refresh();
  for (const host of app.hosts.values()) {
    await app.people.contacts.sync(host);
  }
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

await main();
