/**
 * The vendor's own packages against the local messenger: `@alicloud/dingtalk` redirected by its endpoint setting alone,
 * `dingtalk-stream` with its endpoint method overridden and nothing else.
 */
import * as card from '@alicloud/dingtalk/dist/card_1_0/client.js';
import * as oauth from '@alicloud/dingtalk/dist/oauth2_1_0/client.js';
import * as todo from '@alicloud/dingtalk/dist/todo_1_0/client.js';
import { Config } from '@alicloud/openapi-client';
import { RuntimeOptions } from '@alicloud/tea-util';
import { DWClient } from 'dingtalk-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardFor, KEYS, startPlatform, TEMPLATE, type Json, type Platform } from './platform.ts';

/** CommonJS: depending on what loads it, the class is the default or the default of the default. */
function classOf<T>(module: { default: { default: T } | T }): T {
  const outer = module.default as { default?: T } & T;
  return outer.default ?? outer;
}
const OauthClient = classOf(oauth);
const CardClient = classOf(card);
const TodoClient = classOf(todo);

let platform: Platform;
let config: Config;
let token: string;
const runtime = new RuntimeOptions({ readTimeout: 10_000 });

beforeAll(async () => {
  platform = await startPlatform();
  await platform.control('PUT', '/templates/test.schema', TEMPLATE);
  config = new Config({ endpoint: new URL(platform.url).host, protocol: 'http', regionId: 'central' });
  const answer = await new OauthClient(config).getAccessToken(new oauth.GetAccessTokenRequest(KEYS));
  expect(answer.body?.expireIn).toBe(7200);
  token = answer.body?.accessToken ?? '';
});
afterAll(() => platform.stop());

/** What the package throws for a refusal. */
async function refusal(
  call: Promise<unknown>,
): Promise<{ code: string; statusCode: number; message: string }> {
  try {
    await call;
  } catch (error) {
    return error as { code: string; statusCode: number; message: string };
  }
  throw new Error('it was not refused');
}

describe('@alicloud/dingtalk oauth2_1_0', () => {
  it('reads a refusal as code and status', async () => {
    const request = new oauth.GetAccessTokenRequest({ ...KEYS, appSecret: 'wrong' });
    expect(await refusal(new OauthClient(config).getAccessToken(request))).toMatchObject({
      code: 'invalidClientIdOrSecret',
      statusCode: 400,
    });
  });

  it('gets a JSAPI ticket with the token header, and the platform refusal without a good one', async () => {
    const client = new OauthClient(config);
    const headers = new oauth.CreateJsapiTicketHeaders({ xAcsDingtalkAccessToken: token });
    expect((await client.createJsapiTicketWithOptions(headers, runtime)).body?.jsapiTicket).toMatch(/./);
    const bad = new oauth.CreateJsapiTicketHeaders({ xAcsDingtalkAccessToken: 'x' });
    expect(await refusal(client.createJsapiTicketWithOptions(bad, runtime))).toMatchObject({
      code: 'InvalidAuthentication',
    });
  });
});

describe('@alicloud/dingtalk card_1_0', () => {
  it('delivers and updates a card', async () => {
    const client = new CardClient(config);
    const request = new card.CreateAndDeliverRequest({
      ...cardFor('jh0004', 'sdk-1'),
      cardData: new card.CreateAndDeliverRequestCardData({ cardParamMap: { title: '红绿灯' } }),
      imRobotOpenSpaceModel: new card.CreateAndDeliverRequestImRobotOpenSpaceModel({ supportForward: true }),
      imRobotOpenDeliverModel: new card.CreateAndDeliverRequestImRobotOpenDeliverModel({
        spaceType: 'IM_ROBOT',
      }),
    });
    const headers = new card.CreateAndDeliverHeaders({ xAcsDingtalkAccessToken: token });
    const made = await client.createAndDeliverWithOptions(request, headers, runtime);
    expect(made.body?.success).toBe(true);
    expect(made.body?.result?.deliverResults?.[0]).toMatchObject({ success: true, spaceId: 'jh0004' });
    expect(await refusal(client.createAndDeliverWithOptions(request, headers, runtime))).toMatchObject({
      code: 'param.cardAlreadyExist',
      statusCode: 400,
    });

    const change = new card.UpdateCardRequest({
      outTrackId: 'sdk-1',
      cardData: new card.UpdateCardRequestCardData({ cardParamMap: { status: '已签收' } }),
      cardUpdateOptions: new card.UpdateCardRequestCardUpdateOptions({ updateCardDataByKey: true }),
    });
    const updateHeaders = new card.UpdateCardHeaders({ xAcsDingtalkAccessToken: token });
    expect((await client.updateCardWithOptions(change, updateHeaders, runtime)).body?.result).toBe(true);
    expect(await platform.chat('zhou-kai')).toMatchObject([{ title: '红绿灯', text: '已签收' }]);
  });

  it('sends a number in cardParamMap as it is, and the platform refuses it', async () => {
    const request = new card.CreateAndDeliverRequest({
      ...cardFor('jh0004', 'sdk-2'),
      cardData: new card.CreateAndDeliverRequestCardData({ cardParamMap: { title: 7 as unknown as string } }),
    });
    const headers = new card.CreateAndDeliverHeaders({ xAcsDingtalkAccessToken: token });
    const client = new CardClient(config);
    expect(await refusal(client.createAndDeliverWithOptions(request, headers, runtime))).toMatchObject({
      code: 'param.invalid',
    });
  });
});

describe('@alicloud/dingtalk todo_1_0', () => {
  it('creates, finds, completes and deletes a to-do', async () => {
    const client = new TodoClient(config);
    const unionid = await platform.unionid('zhou-kai');
    const request = new todo.CreateTodoTaskRequest({
      operatorId: unionid,
      sourceId: 'sdk:1',
      subject: '签收',
      creatorId: unionid,
      executorIds: [unionid],
      dueTime: 1_783_500_000_000,
      detailUrl: new todo.CreateTodoTaskRequestDetailUrl({
        appUrl: 'https://example.org',
        pcUrl: 'https://example.org',
      }),
    });
    const made = await client.createTodoTaskWithOptions(
      unionid,
      request,
      new todo.CreateTodoTaskHeaders({ xAcsDingtalkAccessToken: token }),
      runtime,
    );
    expect(made.body).toMatchObject({ subject: '签收', dueTime: 1_783_500_000_000, done: false });
    const again = client.createTodoTaskWithOptions(
      unionid,
      request,
      new todo.CreateTodoTaskHeaders({ xAcsDingtalkAccessToken: token }),
      runtime,
    );
    expect(await refusal(again)).toMatchObject({
      code: 'todo.taskCreate.paramError',
      message: expect.stringContaining('task exist'),
    });
    const found = await client.getTodoTaskBySourceIdWithOptions(
      unionid,
      'sdk:1',
      new todo.GetTodoTaskBySourceIdHeaders({ xAcsDingtalkAccessToken: token }),
      runtime,
    );
    expect(found.body?.id).toBe(made.body?.id);
    const done = await client.updateTodoTaskExecutorStatusWithOptions(
      unionid,
      made.body?.id ?? '',
      new todo.UpdateTodoTaskExecutorStatusRequest({
        operatorId: unionid,
        executorStatusList: [
          new todo.UpdateTodoTaskExecutorStatusRequestExecutorStatusList({ id: unionid, isDone: true }),
        ],
      }),
      new todo.UpdateTodoTaskExecutorStatusHeaders({ xAcsDingtalkAccessToken: token }),
      runtime,
    );
    expect(done.body?.result).toBe(true);
    const deleted = await client.deleteTodoTaskWithOptions(
      unionid,
      made.body?.id ?? '',
      new todo.DeleteTodoTaskRequest({ operatorId: unionid }),
      new todo.DeleteTodoTaskHeaders({ xAcsDingtalkAccessToken: token }),
      runtime,
    );
    expect(deleted.body?.result).toBe(true);
  });
});

/** The package's hosts are fixed, so the one method that names them is replaced; everything else is the package's own. */
class LocalClient extends DWClient {
  readonly base: string;

  constructor(base: string) {
    // Without a list of its own, every client in the process would share one.
    const options = {
      clientId: KEYS.appKey,
      clientSecret: KEYS.appSecret,
      subscriptions: [{ type: 'EVENT', topic: '*' }],
    };
    super(options as ConstructorParameters<typeof DWClient>[0]);
    this.base = base;
  }

  override async getEndpoint(): Promise<this> {
    const { clientId, clientSecret, ua, subscriptions } = this.getConfig();
    const answer = await fetch(`${this.base}/v1.0/gateway/connections/open`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ clientId, clientSecret, ua, subscriptions }),
    });
    const { endpoint, ticket } = (await answer.json()) as { endpoint: string; ticket: string };
    Object.assign(this, { dw_url: `${endpoint}?ticket=${ticket}` });
    return this;
  }
}

describe('dingtalk-stream', () => {
  it('connects, registers, answers presses and hears of directory changes', async () => {
    const client = new LocalClient(platform.url);
    const events: Json[] = [];
    client.registerAllEventListener((event) => {
      events.push(event as unknown as Json);
      return { status: 'SUCCESS' as never };
    });
    client.registerCallbackListener('/v1.0/card/instances/callback', (frame) => {
      const press = JSON.parse(frame.data) as Json;
      const { cardPrivateData } = JSON.parse(String(press.content)) as { cardPrivateData: Json };
      client.socketCallBackResponse(frame.headers.messageId, {
        cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
        cardData: {
          cardParamMap: {
            done: 'true',
            status: `${String(press.userId)} ${JSON.stringify(cardPrivateData)}`,
          },
        },
        userPrivateData: { cardParamMap: { voted: 'true' } },
      });
    });
    await client.connect();
    await expect.poll(() => client.registered).toBe(true);

    await platform.api('POST', '/v1.0/card/instances/createAndDeliver', cardFor('jh0004', 'stream-1'));
    const pressed = await platform.control('POST', '/people/zhou-kai/cards/stream-1/actions', {
      actionIds: ['accept'],
      params: { reply: '好' },
    });
    expect(pressed.body).toMatchObject({
      transport: 'stream',
      answer: { cardData: { cardParamMap: { done: 'true' } } },
    });
    expect(pressed.body).not.toHaveProperty('error');
    const chat = await platform.chat('zhou-kai');
    expect(chat.find((item) => item.outTrackId === 'stream-1')).toMatchObject({
      state: 'handled',
      text: 'jh0004 {"actionIds":["accept"],"params":{"rev":"1","reply":"好"}}\n您投过了',
    });

    await platform.control('POST', '/people/wu-shan/leave');
    await expect.poll(() => events.length).toBe(1);
    expect(events[0]).toMatchObject({ headers: { eventType: 'user_leave_org', topic: '*' }, type: 'EVENT' });
    expect(JSON.parse(String(events[0]?.data))).toMatchObject({ userId: [expect.stringMatching(/^jh/)] });
    client.disconnect();
  });
});
