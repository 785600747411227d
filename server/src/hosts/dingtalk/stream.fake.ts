import { CARD_TOPIC } from './stream.connection.ts';

/** For tests of this folder: what the Stream gateway sends, and what comes back. */

export interface Ack {
  code: number;
  headers: { messageId: string; contentType: string };
  message: string;
  data: string;
}

/** The `data` of a press, with every key the platform sends. */
export const press = (userId = 'XXXX'): string =>
  JSON.stringify({
    type: 'actionCallback',
    outTrackId: 'x1',
    corpId: 'ding01',
    userId,
    content: '{"cardPrivateData":{"actionIds":["1"],"params":{"action":"accept","local_input":"好"}}}',
    value: '{"cardPrivateData":{"actionIds":["1"],"params":{"action":"accept","local_input":"好"}}}',
    extension: '{}',
    userIdType: 1,
    spaceType: 'im',
    spaceId: 's',
  });

/** One frame; without `type` and `topic` that of a press. */
export const frame = (
  messageId: string,
  data: string,
  more: object = {},
  type = 'CALLBACK',
  topic = CARD_TOPIC,
): string =>
  JSON.stringify({
    specVersion: '1.0',
    type,
    headers: {
      appId: 'a',
      connectionId: 'c',
      contentType: 'application/json',
      messageId,
      time: '1690362102194',
      topic,
      ...more,
    },
    data,
  });
