import express, { type Request, type Response, type Router } from 'express';
import { chatOf } from './chat-view.ts';
import { pressCard } from './card-press.ts';
import { chinaIso } from './clock.ts';
import { isLocalName } from './config.ts';
import { mintCode, personIn } from './control-person.ts';
import { mountDirectoryControl } from './control-directory.ts';
import { mountEventStream } from './control-events.ts';
import { ApiError } from './errors.ts';
import { resetMessenger, type Messenger } from './messenger.ts';
import { phoneName } from './phones.ts';
import { number, record, strings, text } from './values.ts';
import { todoLists } from './wire-todos.ts';
import { taskLists } from './zhezhengding/index.ts';

const LOG_PAGE = 500;

/**
 * The control API: design of the messenger, not of the platform. JSON in and out, errors as `{error: {code, message}}`. Open to
 * programs and pages of this machine only, which the Host and Origin headers show.
 */
export function controlRouter(messenger: Messenger): Router {
  const router = express.Router();
  router.use((request, response, next) => {
    const { origin } = request.headers;
    const originHost =
      origin !== undefined && URL.canParse(origin) ? new URL(origin).host : (origin ?? 'localhost');
    if (isLocalName(request.headers.host ?? '') && isLocalName(originHost)) {
      next();
      return;
    }
    response.status(403).json({ error: { code: 'notLocal', message: '控制接口只对本机开放' } });
  });
  mountPeople(router, messenger);
  mountDirectoryControl(router, messenger);
  mountWorld(router, messenger);
  mountTemplates(router, messenger);
  mountPhones(router, messenger);
  mountEventStream(router, messenger);
  router.use((_request, response) => {
    response.status(404).json({ error: { code: 'notFound', message: '控制接口没有这个地址' } });
  });
  return router;
}

function mountPeople(router: Router, messenger: Messenger): void {
  router.get('/people', (_request, response) => {
    response.json(messenger.directory.people());
  });
  router.post('/people/:id/code', (request, response) => {
    response.json({ code: mintCode(messenger, personIn(messenger, request)) });
  });
  router.post('/people/:id/scan', (request, response) => {
    const person = personIn(messenger, request);
    if (person.host !== 'zhezhengding') {
      throw new ApiError(409, 'noLoginPage', `${person.name} 不在浙政钉上，没有扫码登录`);
    }
    response.json({ code: messenger.tokens.mintCode(person.id, messenger.config.zhezhengding.scan.appKey) });
  });
  router.get('/people/:id/chat', (request, response) => {
    response.json({ items: chatOf(messenger, personIn(messenger, request).id) });
  });
  router.post('/people/:id/chat/read', (request, response) => {
    messenger.notices.markRead(personIn(messenger, request).id);
    response.json({});
  });
  router.get('/people/:id/todos', (request, response) => {
    const { unionid, host } = personIn(messenger, request);
    response.json(
      host === 'zhezhengding'
        ? taskLists(messenger.zhezhengding.tasks.ofAssignee(unionid), unionid)
        : todoLists(messenger.todos.ofExecutor(unionid), unionid),
    );
  });
  router.post('/people/:id/cards/:outTrackId/actions', async (request: Request, response: Response) => {
    const body = record(request.body);
    const outTrackId = text(request.params.outTrackId);
    const person = personIn(messenger, request);
    response.json(
      await pressCard(messenger, person, outTrackId, strings(body.actionIds), record(body.params)),
    );
  });
}

function clockJson(messenger: Messenger) {
  const now = messenger.clock.now();
  return {
    now: chinaIso(now),
    nowMs: now,
    machineNow: chinaIso(messenger.clock.machineNow()),
    running: true,
  };
}

function mountWorld(router: Router, messenger: Messenger): void {
  router.get('/clock', (_request, response) => {
    response.json(clockJson(messenger));
  });
  router.post('/clock', (request, response) => {
    const { to, advanceMs } = record(request.body);
    const ahead = number(advanceMs);
    const target = ahead === undefined ? (number(to) ?? Date.parse(text(to))) : messenger.clock.now() + ahead;
    if (!Number.isFinite(target)) {
      throw new ApiError(400, 'badTime', '给出 to（ISO 时间）或 advanceMs（毫秒）');
    }
    if (!messenger.clock.moveTo(target)) {
      throw new ApiError(409, 'backwards', '业务时间只能往前走');
    }
    messenger.bus.emit({ type: 'clock', now: chinaIso(messenger.clock.now()) });
    response.json(clockJson(messenger));
  });
  router.get('/deadline', async (_request: Request, response: Response) => {
    const { deadlineUrl } = messenger.config;
    if (deadlineUrl === null) {
      throw new ApiError(404, 'noDeadline', '应用没有告知下一个时限');
    }
    const answer = await fetch(deadlineUrl, { signal: AbortSignal.timeout(2000) }).catch(() => null);
    if (answer === null || !answer.ok) {
      throw new ApiError(404, 'noDeadline', '应用没有告知下一个时限');
    }
    response.json(await answer.json());
  });
  router.get('/faults', (_request, response) => {
    response.json({ items: messenger.faults.list() });
  });
  router.post('/faults', (request, response) => {
    const fault = messenger.faults.add(request.body);
    if (typeof fault === 'string') {
      throw new ApiError(400, 'badFault', fault);
    }
    if (fault.kind === 'dropStream' || fault.kind === 'offline') {
      messenger.stream.drop('abrupt');
    }
    response.status(201).json(fault);
  });
  router.delete('/faults', (_request, response) => {
    messenger.faults.clear();
    response.json({ items: [] });
  });
  router.get('/stream', (_request, response) => {
    response.json({ connections: messenger.stream.connections() });
  });
  router.post('/stream/disconnect', (request, response) => {
    const how = record(request.body).how === 'abrupt' ? 'abrupt' : 'graceful';
    response.json({ dropped: messenger.stream.drop(how) });
  });
  router.get('/log', (request, response) => {
    const after = number(request.query.after) ?? 0;
    const limit = Math.min(Math.max(number(request.query.limit) ?? LOG_PAGE, 1), 10_000);
    response.json({ items: messenger.log.after(after, limit) });
  });
  router.post('/reset', async (_request: Request, response: Response) => {
    await resetMessenger(messenger);
    response.json(clockJson(messenger));
  });
  router.put('/permissions', (request, response) => {
    messenger.config.permissions = new Set(strings(record(request.body).granted));
    response.json({ granted: [...messenger.config.permissions] });
  });
}

function mountTemplates(router: Router, messenger: Messenger): void {
  router.get('/templates', (_request, response) => {
    response.json({ items: messenger.templates.list().map(({ id, name }) => ({ id, name })) });
  });
  router.get('/templates/:id', (request, response) => {
    const template = messenger.templates.find(request.params.id);
    if (template === undefined) {
      throw new ApiError(404, 'noSuchTemplate', `没有模板 ${request.params.id}`);
    }
    response.json(template);
  });
  router.put('/templates/:id', (request, response) => {
    const template = messenger.templates.put(request.params.id, request.body);
    if (typeof template === 'string') {
      throw new ApiError(400, 'badTemplate', template);
    }
    response.json(template);
  });
}

function mountPhones(router: Router, messenger: Messenger): void {
  router.get('/phones', (_request, response) => {
    const items = messenger.phones
      .list()
      .map(({ phone, personId }) => ({ n: phone.replace(/^p(?=\d)/, ''), phone, personId }));
    response.json({ items, appUrl: messenger.config.appUrl, platformUrl: messenger.config.platformUrl });
  });
  router.post('/phones/:n', (request, response) => {
    const phone = phoneName(request.params.n);
    const personId = text(record(request.body).personId);
    if (phone === undefined) {
      throw new ApiError(400, 'badPhone', '手机写作 1、2…，电脑窗口写作 pc1、pc2…');
    }
    if (messenger.directory.person(personId) === undefined) {
      throw new ApiError(404, 'noSuchPerson', `名单里没有 ${personId}`);
    }
    messenger.phones.bind(phone, personId);
    response.json({ n: request.params.n, phone, personId });
  });
}
