import {
  DEMO_AGENT_ID,
  DEMO_CLIENT_ID,
  DEMO_CLIENT_SECRET,
  startMessenger,
  type CardTemplate,
  type ChatItem,
  type LogEntry,
  type MessengerOptions,
} from '../../scripts/messenger/src/index.ts';

export type Json = Record<string, unknown>;

export interface Answer {
  status: number;
  body: Json;
}

/** The messenger on a free port, and the platform's two API generations as a program would call them. */
export interface Platform {
  url: string;
  stop(): Promise<void>;
  token(): Promise<string>;
  /** Newer API: JSON, token in the header. */
  api(method: string, path: string, body?: unknown, token?: string): Promise<Answer>;
  /** Older API: JSON, token in the query. */
  oapi(path: string, body?: unknown, token?: string): Promise<Answer>;
  /** Older API: form fields. */
  form(path: string, fields: Record<string, string>): Promise<Answer>;
  control(method: string, path: string, body?: unknown): Promise<Answer>;
  code(personId: string): Promise<string>;
  chat(personId: string): Promise<ChatItem[]>;
  log(): Promise<LogEntry[]>;
  userid(personId: string): Promise<string>;
  unionid(personId: string): Promise<string>;
}

export const AGENT = Number(DEMO_AGENT_ID);
export const KEYS = { appKey: DEMO_CLIENT_ID, appSecret: DEMO_CLIENT_SECRET };

export async function startPlatform(options: MessengerOptions = {}): Promise<Platform> {
  const running = await startMessenger({ port: 0, startAt: '2026-07-06T08:30:00+08:00', ...options });
  const { url } = running;
  const call = async (address: string, init: RequestInit): Promise<Answer> => {
    const answer = await fetch(address, init);
    return { status: answer.status, body: (await answer.json()) as Json };
  };
  const json = (method: string, body: unknown, headers: Record<string, string> = {}): RequestInit => ({
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const token = async (): Promise<string> =>
    (await call(`${url}/v1.0/oauth2/accessToken`, json('POST', KEYS))).body.accessToken as string;
  const control: Platform['control'] = (method, path, body) =>
    call(`${url}/control${path}`, json(method, body));
  const person = async (id: string): Promise<{ userid: string; unionid: string }> => {
    const people = (await control('GET', '/people')).body as unknown as {
      id: string;
      userid: string;
      unionid: string;
    }[];
    const found = people.find((one) => one.id === id);
    if (found === undefined) {
      throw new Error(`nobody is called ${id}`);
    }
    return found;
  };
  return {
    url,
    stop: running.stop,
    token,
    control,
    api: async (method, path, body, given) =>
      call(url + path, json(method, body, { 'x-acs-dingtalk-access-token': given ?? (await token()) })),
    oapi: async (path, body, given) =>
      call(
        `${url}${path}?access_token=${given ?? (await token())}`,
        json(body === undefined ? 'GET' : 'POST', body),
      ),
    form: async (path, fields) =>
      call(`${url}${path}?access_token=${await token()}`, {
        method: 'POST',
        body: new URLSearchParams(fields),
      }),
    code: async (id) => (await control('POST', `/people/${id}/code`)).body.code as string,
    chat: async (id) => (await control('GET', `/people/${id}/chat`)).body.items as ChatItem[],
    log: async () => (await control('GET', '/log?limit=10000')).body.items as LogEntry[],
    userid: async (id) => (await person(id)).userid,
    unionid: async (id) => (await person(id)).unionid,
  };
}

/** A small template with everything a test needs: public and private variables, a button, an input, stars. */
export const TEMPLATE: Omit<CardTemplate, 'id'> = {
  name: '试验卡片',
  variables: [
    { key: 'title', label: '标题', type: 'text', private: false, sample: '红绿灯' },
    { key: 'status', label: '状态', type: 'text', private: false, sample: '' },
    { key: 'done', label: '已办', type: 'flag', private: false, sample: '' },
    { key: 'rev', label: '版次', type: 'text', private: false, sample: '1' },
    { key: 'star', label: '几星', type: 'text', private: true, sample: '' },
    { key: 'voted', label: '投过', type: 'flag', private: true, sample: '' },
  ],
  components: [
    { kind: 'title', text: '{{title}}', quiet: 'done' },
    { kind: 'text', text: '{{status}}', visible: 'status' },
    { kind: 'input', name: 'reply', placeholder: '写答复', maxLength: 300, visible: '!done' },
    { kind: 'stars', actionId: 'star', value: 'star', caption: '{{star}} 星', done: 'done' },
    {
      kind: 'row',
      items: [
        {
          kind: 'button',
          actionId: 'accept',
          text: '受理',
          style: 'primary',
          inputs: ['reply'],
          params: { rev: '{{rev}}' },
          visible: '!done',
        },
        { kind: 'text', text: '您投过了', visible: 'voted' },
      ],
    },
  ],
};

/** A createAndDeliver request for one robot chat. */
export function cardFor(userid: string, outTrackId: string, more: Json = {}): Json {
  return {
    cardTemplateId: 'test.schema',
    outTrackId,
    callbackType: 'STREAM',
    cardData: { cardParamMap: { title: '迎宾大道红绿灯', rev: '1' } },
    imRobotOpenSpaceModel: { supportForward: true },
    imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT' },
    openSpaceId: `dtv1.card//IM_ROBOT.${userid}`,
    ...more,
  };
}
