import { HostError } from '../port.ts';
import type { Host } from '../port.ts';
import { createAccounts } from './accounts.ts';
import { createApiClient } from './client.ts';
import { createContacts } from './contacts.ts';
import { createEvents } from './events.ts';
import { createLinks } from './links.ts';
import { renderNotice } from './notice.message.ts';
import { NOTICE_RECIPIENTS, createNotices } from './notices.ts';
import { checkOptions } from './options.ts';
import type { ZhezhengdingOptions } from './options.ts';
import { exchangeCode, loginPage } from './signon.ts';
import { createTodos } from './todos.ts';

const CARD_VALUE_BYTES = 1_024; // of cards, which this host has none of

/**
 * 浙政钉 (专有钉钉) as a host. Throws an Error that names the option when one cannot work. The methods reject
 * {@link HostError} only and never log a secret, a token or anybody's data.
 */
export function createZhezhengdingHost(options: ZhezhengdingOptions): Host {
  checkOptions(options);
  const { dialect, tenantId } = options;
  const client = createApiClient(options);
  const accounts = createAccounts(client, tenantId);
  const links = createLinks(options.appUrl, dialect.links);
  const events = createEvents(client, options);
  const scanPage = loginPage(options);
  const noCards = (): Promise<never> =>
    Promise.reject(new HostError('denied', 'cards', '浙政钉 has no interactive cards'));

  return {
    id: options.id,
    vendor: 'zhezhengding',
    corpId: options.corpId,
    capabilities: {
      cards: false,
      actionCards: true,
      todos: dialect.todos,
      statusBar: dialect.changeMessage !== 'off',
      noticeIds: true,
    },
    limits: {
      noticeRecipients: NOTICE_RECIPIENTS,
      cardValueBytes: CARD_VALUE_BYTES,
      noticeBytes: dialect.noticeBytes,
    },
    hooks: events.hooks,
    ...(scanPage === null ? {} : { scanPage }),
    exchangeCode: (code, door = 'container') => exchangeCode(client, accounts, options, code, door),
    signJsapi: async () => ({ ticket: await client.jsapiTicket() }),
    ...createContacts(client, accounts, tenantId, options.backoff ?? { firstMs: 1_000, maxMs: 4_000 }),
    renderNotice: (content) => renderNotice(content, links, dialect),
    ...createNotices(client, accounts, options),
    deliverCard: noCards,
    updateCard: noCards,
    ...createTodos(client, links, options),
    link: links.button,
    listen: events.listen,
    stop: events.stop,
  };
}
