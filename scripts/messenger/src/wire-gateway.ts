import type { Router } from 'express';
import { ApiError } from './errors.ts';
import type { Messenger } from './messenger.ts';
import { isRecord, text } from './values.ts';
import { mountOperations, type Operation } from './wire.ts';

const OPEN: Operation = {
  api: 'stream.open',
  words: '接上 Stream',
  method: 'post',
  path: '/v1.0/gateway/connections/open',
  generation: 'new',
  open: true,
  handle({ messenger, body }) {
    if (body.clientId !== messenger.config.clientId || body.clientSecret !== messenger.config.clientSecret) {
      throw new ApiError(401, 'authFailed', '鉴权失败');
    }
    if (!Array.isArray(body.subscriptions)) {
      throw new ApiError(400, 'missingsubscriptions', 'subscriptions is mandatory for this action.');
    }
    const wanted = body.subscriptions.filter(isRecord);
    const grant = messenger.stream.open(
      wanted.map((one) => ({ type: text(one.type), topic: text(one.topic) })),
    );
    return { ...grant };
  },
};

/** The Stream gateway's door, section 6.1. Without `Accept: application/json` it answers XML, as the platform's does. */
export function mountGateway(router: Router, messenger: Messenger): void {
  router.post(OPEN.path, (request, response, next) => {
    if ((request.headers.accept ?? '').includes('application/json')) {
      next();
      return;
    }
    response
      .type('application/xml')
      .send('<OpenConnectionResponse><note>Accept: application/json</note></OpenConnectionResponse>');
  });
  mountOperations(router, messenger, [OPEN]);
}
