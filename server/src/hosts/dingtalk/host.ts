import { HostError, type Host } from '../port.ts';
import { createCardCallback } from './callback.ts';
import { CARD_VALUE_BYTES, createCards } from './cards.ts';
import { createApiClient } from './client.ts';
import { createContacts } from './contacts.ts';
import { createLinks } from './links.ts';
import { createListening } from './listening.ts';
import { NOTICE_BYTES, renderNotice } from './notice.message.ts';
import { NOTICE_RECIPIENTS, STATUS_BAR_RECIPIENTS, createNotices } from './notices.ts';
import { checkOptions } from './options.ts';
import type { DingTalkOptions } from './options.ts';
import { exchangeCode, signJsapi } from './signon.ts';
import { createTodos } from './todos.ts';

/**
 * DingTalk as a host. Throws an Error that names the option when one cannot work (clear text outside the loopback
 * among them). The methods reject {@link HostError} only and never log a secret, a token or anybody's data.
 */
export function createDingTalkHost(options: DingTalkOptions): Host {
  checkOptions(options);
  const client = createApiClient(options);
  const links = createLinks(options.appUrl, options.corpId);
  const listening = createListening(client, options);
  const backoff = options.backoff ?? { firstMs: 1_000, maxMs: 4_000 };
  const hasTemplates = Object.keys(options.cardTemplateIds).length > 0;
  const secret = options.callback?.secret;

  return {
    id: options.id,
    vendor: 'dingtalk',
    corpId: options.corpId,
    capabilities: {
      cards: options.robotCode !== '' && hasTemplates,
      actionCards: true,
      todos: true,
      statusBar: true,
      noticeIds: false,
    },
    limits: {
      noticeRecipients: NOTICE_RECIPIENTS,
      cardValueBytes: CARD_VALUE_BYTES,
      noticeBytes: NOTICE_BYTES,
      statusBarRecipients: STATUS_BAR_RECIPIENTS,
    },
    hooks:
      options.callbackMode === 'http' && secret !== undefined
        ? {
            cards: createCardCallback({
              host: options,
              secret,
              machineNow: () => options.clock.machineNow(),
              answer: listening.answer,
            }),
          }
        : {},
    exchangeCode: (code, door = 'container') =>
      door === 'container'
        ? exchangeCode(client, code)
        : Promise.reject(new HostError('invalid', 'scan', 'this host has no login page')),
    signJsapi: (url) => signJsapi(client, options, url),
    ...createContacts(client, backoff),
    renderNotice: (content) => renderNotice(content, links),
    ...createNotices(client, options),
    ...createCards(client, options),
    ...createTodos(client, links),
    link: links.both,
    listen: listening.listen,
    stop: listening.stop,
  };
}
