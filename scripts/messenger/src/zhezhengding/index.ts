import type { Router } from 'express';
import type { Clock } from '../clock.ts';
import type { Directory } from '../directory.ts';
import type { EventBus } from '../events.ts';
import type { Kept } from '../keeping.ts';
import type { Messenger } from '../messenger.ts';
import { createTokens, type Tokens } from '../tokens.ts';
import { AUTH_OPERATIONS } from './auth.ts';
import { CALLBACK_OPERATIONS, createCallbacks, type Callbacks } from './callbacks.ts';
import { CONTACT_OPERATIONS } from './contacts.ts';
import { mountLoginPage } from './login.ts';
import { createMessages, type Messages } from './messages.ts';
import type { ZhezhengdingSettings } from './settings.ts';
import { createGate, type Gate } from './signature.ts';
import { createTasks, type Tasks } from './tasks.ts';
import { MESSAGE_OPERATIONS } from './wire-messages.ts';
import { TASK_OPERATIONS } from './wire-tasks.ts';
import { mountGovOperations } from './wire.ts';

export { announceGovChange } from './callbacks.ts';
export { govChatOf } from './chat.ts';
export { resolveZhezhengding, type ZhezhengdingSettings } from './settings.ts';
export { taskLists } from './tasks.ts';

/** What the messenger knows of 浙政钉. */
export interface Zhezhengding {
  settings: ZhezhengdingSettings;
  gate: Gate;
  messages: Messages;
  tasks: Tasks;
  callbacks: Callbacks;
  secretOf(apiKey: string): string | undefined;
  tokensOf(apiKey: string): Tokens;
  /** The parts whose state outlives the process. */
  kept: Record<string, Kept>;
  reset(): void;
}

export function createZhezhengding(
  settings: ZhezhengdingSettings,
  parts: { clock: Clock; bus: EventBus; directory: Directory },
): Zhezhengding {
  const { clock, bus, directory } = parts;
  const secrets = new Map([
    [settings.appKey, settings.appSecret],
    [settings.scan.appKey, settings.scan.appSecret],
  ]);
  const tokens = new Map([...secrets.keys()].map((key) => [key, createTokens(clock)]));
  const gate = createGate(secrets, settings, clock.machineNow);
  const messages = createMessages(clock, bus);
  const tasks = createTasks(clock, bus, (accountId) => directory.on('zhezhengding').byUnionid(accountId)?.id);
  const callbacks = createCallbacks();
  return {
    settings,
    gate,
    messages,
    tasks,
    callbacks,
    secretOf: (apiKey) => secrets.get(apiKey),
    tokensOf(apiKey) {
      const found = tokens.get(apiKey);
      if (found === undefined) {
        throw new Error(`no app has the key ${apiKey}`);
      }
      return found;
    },
    kept: { govMessages: messages, govTasks: tasks, govCallbacks: callbacks },
    reset() {
      tokens.forEach((one) => one.reset());
      gate.reset();
      messages.reset();
      tasks.reset();
    },
  };
}

/** Puts the platform's API and its login page on a router. Before any body parser: signatures cover what was sent. */
export function mountZhezhengding(router: Router, messenger: Messenger): void {
  for (const operations of [
    AUTH_OPERATIONS,
    CONTACT_OPERATIONS,
    MESSAGE_OPERATIONS,
    TASK_OPERATIONS,
    CALLBACK_OPERATIONS,
  ]) {
    mountGovOperations(router, messenger, operations);
  }
  mountLoginPage(router, messenger);
}
