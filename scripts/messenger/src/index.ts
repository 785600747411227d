import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import express, { type ErrorRequestHandler, type Express, type Request } from 'express';
import type { MessengerOptions } from './config.ts';
import { controlRouter } from './control.ts';
import { ApiError } from './errors.ts';
import { createMessenger, type Messenger } from './messenger.ts';
import { phoneRouter } from './phone-host.ts';
import { phoneOfHost } from './phones.ts';
import { AUTH_OPERATIONS } from './wire-auth.ts';
import { CARD_OPERATIONS } from './wire-cards.ts';
import { CONTACT_OPERATIONS } from './wire-contacts.ts';
import { mountGateway } from './wire-gateway.ts';
import { NOTICE_OPERATIONS } from './wire-notices.ts';
import { TODO_OPERATIONS } from './wire-todos.ts';
import { mountOperations } from './wire.ts';
import { mountZhezhengding } from './zhezhengding/index.ts';

export {
  DEFAULT_APP_URL,
  DEFAULT_MESSENGER_PORT,
  DEFAULT_TIMINGS,
  DEMO_AGENT_ID,
  DEMO_CLIENT_ID,
  DEMO_CLIENT_SECRET,
  DEMO_CORP_ID,
  DEMO_DIRECTORY,
  DEMO_ROBOT_CODE,
  optionsFromEnvironment,
  type DirectoryDepartment,
  type DirectoryFile,
  type DirectoryPerson,
  type MessengerOptions,
  type Timings,
} from './config.ts';
export {
  DEMO_APP_ID,
  DEMO_APP_KEY,
  DEMO_APP_SECRET,
  DEMO_SCAN_CLIENT_ID,
  DEMO_SCAN_KEY,
  DEMO_SCAN_SECRET,
  DEMO_TENANT_ID,
  type ZhezhengdingSettings,
} from './zhezhengding/settings.ts';
export type { CardComponent, CardTemplate } from './templates.ts';
export type { ChatItem } from './chat-view.ts';
export type { LogEntry } from './log.ts';

const DESK = fileURLToPath(new URL('../desk', import.meta.url));
const VUE = createRequire(import.meta.url).resolve('vue/dist/vue.esm-browser.prod.js');

export interface RunningMessenger {
  port: number;
  /** `http://127.0.0.1:<port>`: the platform's API and the control API. */
  url: string;
  /** The page of phones. */
  deskUrl: string;
  stop(): Promise<void>;
}

/**
 * Starts the messenger on 127.0.0.1. One port serves the desk (`desk.minqing.localhost`), the phones' web views
 * (`p1.minqing.localhost`, `pc1.minqing.localhost`, …) and, under any other local name, the platform's API and the control API.
 * Rejects when the port is taken (`EADDRINUSE`).
 */
export async function startMessenger(options: MessengerOptions = {}): Promise<RunningMessenger> {
  const messenger = createMessenger(options);
  let port = 0;
  const app = buildApp(messenger, () => `http://desk.minqing.localhost:${port}`);
  const server = createServer(app);
  await listen(server, messenger.config.port);
  ({ port } = server.address() as AddressInfo);
  messenger.stream.attach(server, port);
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    deskUrl: `http://desk.minqing.localhost:${port}`,
    async stop() {
      await messenger.stream.stop();
      messenger.stopKeeping();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function phoneOf(request: Request): string {
  return phoneOfHost(request.headers.host ?? '') ?? '';
}

function buildApp(messenger: Messenger, deskOrigin: () => string): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  const phones = phoneRouter(messenger, phoneOf, deskOrigin);
  app.use((request, response, next) => {
    if (phoneOf(request) === '') {
      next();
      return;
    }
    phones(request, response, next);
  });
  const bodies = [express.json({ limit: '1mb' }), express.urlencoded({ extended: false, limit: '1mb' })];
  app.use('/control', bodies, controlRouter(messenger));
  const desk = deskRouter();
  app.use((request, response, next) => {
    if (!/^desk\./i.test(request.headers.host ?? '')) {
      next();
      return;
    }
    desk(request, response, next);
  });
  mountZhezhengding(app, messenger);
  app.use(bodies);
  mountGateway(app, messenger);
  for (const operations of [
    AUTH_OPERATIONS,
    CONTACT_OPERATIONS,
    NOTICE_OPERATIONS,
    CARD_OPERATIONS,
    TODO_OPERATIONS,
  ]) {
    mountOperations(app, messenger, operations);
  }
  app.use((_request, _response, next) =>
    next(new ApiError(404, 'InvalidAction.NotFound', 'Specified api is not found')),
  );
  app.use(onError);
  return app;
}

function deskRouter() {
  const router = express.Router();
  router.get('/__vue.js', (_request, response) => response.sendFile(VUE));
  router.use(
    express.static(DESK, {
      cacheControl: false,
      setHeaders: (response) => response.setHeader('cache-control', 'no-store'),
    }),
  );
  return router;
}

/** Errors of the control API as `{error}`, of the platform's paths in the platform's own form. */
const onError: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const bad = error as { status?: number; type?: string };
  const status = error instanceof ApiError ? error.status : (bad.status ?? 500);
  const code =
    error instanceof ApiError
      ? error.code
      : bad.type === 'entity.parse.failed'
        ? 'invalidParameter'
        : 'systemError';
  const message = error instanceof Error ? error.message : String(error);
  if (request.path.startsWith('/control')) {
    response.status(status).json({ error: { code, message } });
    return;
  }
  if (request.path.startsWith('/topapi')) {
    response.json({ errcode: status < 500 ? 40035 : -1, errmsg: message });
    return;
  }
  response.status(status).json({ code, message, requestid: '' });
};
