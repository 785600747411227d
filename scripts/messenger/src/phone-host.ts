import express, { type Request, type Response, type Router } from 'express';
import type { DirectoryPerson } from './config.ts';
import { mintCode } from './control-person.ts';
import type { Messenger } from './messenger.ts';
import { proxyToApp } from './proxy.ts';
import { record, text } from './values.ts';

/** What is served at `pN.minqing.localhost` and `pcN.minqing.localhost`: the container's own calls, and the app. */
export function phoneRouter(
  messenger: Messenger,
  phoneOf: (request: Request) => string,
  deskOrigin: () => string,
): Router {
  const router = express.Router();
  const json = express.json({ limit: '64kb' });
  const holderOf = (request: Request): DirectoryPerson | undefined =>
    messenger.directory.person(messenger.phones.holder(phoneOf(request)) ?? '');

  router.post('/__container/code', (request, response) => {
    const phone = phoneOf(request);
    const person = holderOf(request);
    if (person === undefined) {
      response.status(409).json({ errorCode: '40000', errorMessage: `${phone} 还没有人用` });
      return;
    }
    response.json({ code: mintCode(messenger, person) });
  });
  router.post('/__container/config', json, (request, response) => {
    const { agentId, corpId, timeStamp, nonceStr, signature, url } = record(request.body);
    const page = text(url);
    if (!URL.canParse(page) || new URL(page).host !== request.headers.host) {
      response.status(403).json({ errorCode: '52013', errorMessage: '签名的地址不是这个页面' });
      return;
    }
    if (text(agentId) !== messenger.config.agentId) {
      response.status(403).json({ errorCode: '52012', errorMessage: '无效的agent_id' });
      return;
    }
    const fields = {
      nonce: text(nonceStr),
      timestamp: text(timeStamp),
      url: page,
      signature: text(signature),
    };
    if (text(corpId) !== messenger.config.corpId || !messenger.tokens.verifySignature(fields)) {
      response.status(403).json({ errorCode: '52013', errorMessage: '签名校验失败' });
      return;
    }
    response.json({});
  });
  router.post('/__container/ticket', json, (request, response) => {
    const { appKey } = messenger.config.zhezhengding;
    const ticket = text(record(request.body).ticket);
    response.json({ valid: messenger.zhezhengding.tokensOf(appKey).isTicket(ticket) });
  });
  router.post('/__container/colleagues', (request, response) => {
    const holder = holderOf(request);
    const people = messenger.directory
      .on(holder?.host ?? 'dingtalk')
      .people()
      .filter((person) => person.id !== holder?.id && person.unit === holder?.unit);
    response.json({ people: people.map(({ userid, name }) => ({ userid, name })) });
  });
  router.use(async (request: Request, response: Response) => {
    const phone = phoneOf(request);
    const size = phone.startsWith('pc') ? 'pc' : 'phone';
    const gov = holderOf(request)?.host === 'zhezhengding';
    const mode = gov ? (`gdt-${size}` as const) : size === 'pc' ? 'dd-pc' : 'dd-ios';
    await proxyToApp(messenger, { phone, mode, deskOrigin: deskOrigin() }, request, response);
  });
  return router;
}
