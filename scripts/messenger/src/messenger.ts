import { createCallbackRoutes, type CallbackRoutes } from './card-callbacks.ts';
import { createCards, type Cards } from './cards.ts';
import { createClock, type Clock } from './clock.ts';
import { DEMO_DIRECTORY, isLocalName, resolveConfig, type Config, type MessengerOptions } from './config.ts';
import { createDirectory, loadDirectory, type Directory, type DirectoryChange } from './directory.ts';
import { createEventBus, type EventBus } from './events.ts';
import { createFaults, type Faults } from './faults.ts';
import { keepState } from './keeping.ts';
import { createLog, type Log } from './log.ts';
import { createNotices, type Notices } from './notices.ts';
import { createPhones, type Phones } from './phones.ts';
import { createRates, type Rates } from './rates.ts';
import { createStream, type Stream } from './stream.ts';
import { createTemplates, type Templates } from './templates.ts';
import { createTodos, type Todos } from './todos.ts';
import { createTokens, type Tokens } from './tokens.ts';
import { announceGovChange, createZhezhengding, type Zhezhengding } from './zhezhengding/index.ts';

/** Everything the messenger knows, in memory. */
export interface Messenger {
  config: Config;
  clock: Clock;
  bus: EventBus;
  directory: Directory;
  tokens: Tokens;
  rates: Rates;
  faults: Faults;
  log: Log;
  notices: Notices;
  templates: Templates;
  cards: Cards;
  todos: Todos;
  stream: Stream;
  callbacks: CallbackRoutes;
  phones: Phones;
  zhezhengding: Zhezhengding;
  /** Writes what is kept and stops keeping. */
  stopKeeping(): void;
}

export function createMessenger(options: MessengerOptions): Messenger {
  const file = loadDirectory(options.directory ?? DEMO_DIRECTORY);
  const config = resolveConfig({ corpId: file.corpId, ...options });
  const clock = createClock(config.startAt);
  const bus = createEventBus();
  const directory = createDirectory(file);
  const faults = createFaults(bus, clock.machineNow);
  const log = createLog(clock, bus);
  const messenger = {
    config,
    clock,
    bus,
    directory,
    tokens: createTokens(clock),
    rates: createRates(config.callsPerSecond, config.callsPerSecondOf, clock.machineNow),
    faults,
    log,
    notices: createNotices(clock, bus, faults.unsafeWords),
    templates: createTemplates(),
    cards: createCards(clock, bus),
    todos: createTodos(clock, bus, (unionid) => directory.on('dingtalk').byUnionid(unionid)?.id),
    stream: createStream(config, clock, faults, log),
    callbacks: createCallbackRoutes(config, clock, faults, log, isLocalName),
    phones: createPhones(file.phones ?? {}, bus),
    zhezhengding: createZhezhengding(config.zhezhengding, { clock, bus, directory }),
  };
  const { notices, templates, cards, todos, callbacks, phones } = messenger;
  const parts = {
    clock,
    directory,
    log,
    notices,
    templates,
    cards,
    todos,
    callbacks,
    phones,
    ...messenger.zhezhengding.kept,
  };
  const stopKeeping = config.dataDir === null ? () => undefined : keepState(config.dataDir, parts, bus);
  return { ...messenger, stopKeeping };
}

/**
 * Back to the beginning: messages, cards, to-dos, tokens, faults, log and directory changes are gone and the clock starts anew.
 * Published card templates, callback registrations and open Stream connections stay: they belong to the app, not to the story.
 */
export async function resetMessenger(messenger: Messenger): Promise<void> {
  messenger.stream.reset();
  messenger.faults.clear();
  messenger.notices.reset();
  messenger.cards.reset();
  messenger.todos.reset();
  messenger.zhezhengding.reset();
  messenger.tokens.reset();
  messenger.rates.reset();
  messenger.directory.reset();
  messenger.phones.reset();
  messenger.log.reset();
  messenger.clock.reset();
  await messenger.config.onReset();
  messenger.bus.emit({ type: 'reset' });
}

/** Tells the app of a directory change, the way the platform does: ids only, and for a person what changed of the known fields. */
export function announceChange(messenger: Messenger, change: DirectoryChange): void {
  const timeStamp = String(messenger.clock.now());
  if ('department' in change) {
    announceGovChange(messenger, change);
    const type = {
      departmentCreated: 'org_dept_create',
      departmentModified: 'org_dept_modify',
      departmentRemoved: 'org_dept_remove',
    }[change.kind];
    messenger.stream.pushEvent(
      type,
      { timeStamp, deptId: [change.department.id] },
      { recipients: [], personIds: [] },
    );
    return;
  }
  const { person } = change;
  const who = { recipients: [person.name], personIds: [person.id] };
  messenger.bus.emit({ type: 'people', personIds: [person.id] });
  if (person.host === 'zhezhengding') {
    announceGovChange(messenger, change);
    return;
  }
  if (change.kind === 'modified') {
    const diffInfo = { userid: person.userid, prev: told(change.prev), curr: told(change.curr) };
    messenger.stream.pushEvent('user_modify_org', { timeStamp, userId: [person.userid], diffInfo }, who);
    return;
  }
  const type = change.kind === 'joined' ? 'user_add_org' : 'user_leave_org';
  messenger.stream.pushEvent(type, { timeStamp, userId: [person.userid] }, who);
}

function told(fields: { name?: string; mobile?: string }): Record<string, string> {
  const known = { name: fields.name, telephone: fields.mobile };
  return Object.fromEntries(
    Object.entries(known).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
