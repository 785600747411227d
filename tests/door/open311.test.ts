import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TokenMade } from '@minqing/shared/contract';
import { openTale, SOLVED, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';

/** The examples of the specification are quoted here as it prints them; ours must have their shape. */
const SPEC_SERVICES = `<?xml version="1.0" encoding="utf-8"?>
<services>
    <service>
        <service_code>001</service_code>
        <service_name>Cans left out 24x7</service_name>
        <description>Garbage or recycling cans that have been left out for more than 24 hours after collection. Violators will be cited.</description>
        <metadata>true</metadata>
        <type>realtime</type>
        <keywords>lorem, ipsum, dolor</keywords>
        <group>sanitation</group>
    </service>
</services>`;
const SPEC_DEFINITION = `<?xml version="1.0" encoding="utf-8"?>
<service_definition>
    <service_code>DMV66</service_code>
    <attributes>
        <attribute>
            <variable>true</variable>
            <code>WHISHETN</code>
            <datatype>singlevaluelist</datatype>
            <required>true</required>
            <datatype_description></datatype_description>
            <order>1</order>
            <description>What is the ticket/tag/DL number?</description>
            <values>
                <value>
                    <key>123</key>
                    <name>Ford</name>
                </value>
            </values>
        </attribute>
    </attributes>
</service_definition>`;
const SPEC_REQUESTS = `<?xml version="1.0" encoding="utf-8"?>
<service_requests>
    <request>
        <service_request_id>638344</service_request_id>
        <status>closed</status>
        <status_notes>Duplicate request.</status_notes>
        <service_name>Sidewalk and Curb Issues</service_name>
        <service_code>006</service_code>
        <description></description>
        <agency_responsible></agency_responsible>
        <service_notice></service_notice>
        <requested_datetime>2010-04-14T06:37:38-08:00</requested_datetime>
        <updated_datetime>2010-04-14T06:37:38-08:00</updated_datetime>
        <expected_datetime>2010-04-15T06:37:38-08:00</expected_datetime>
        <address>8TH AVE and JUDAH ST</address>
        <address_id>545483</address_id>
        <zipcode>94122</zipcode>
        <lat>37.762221815</lat>
        <long>-122.4651145</long>
        <media_url>http://city.gov.s3.amazonaws.com/requests/media/638344.jpg </media_url>
    </request>
</service_requests>`;
/** The specification's example of POST, with our jurisdiction, service and key in their places. */
const SPEC_POST = (key: string): string =>
  `api_key=${key}&jurisdiction_id=330700&service_code=traffic&lat=29.1&long=119.69&address_string=1234+5th+street&email=smit333%40sfgov.edu&device_id=tt222111&account_id=123456&first_name=john&last_name=smith&phone=111111111&description=A+large+sinkhole+is+destroying+the+street&media_url=http%3A%2F%2Ffarm3.static.flickr.com%2F2002%2F2212426634_5ed477a060.jpg`;

/** The names of an XML text's elements, in order: its shape. */
const shapeOf = (xml: string): string[] =>
  [...xml.matchAll(/<([a-z_]+)\/?>/g)].map((match) => match[1] ?? '');
const WHERE = 'jurisdiction_id=330700';
const TITLE = '路口红绿灯时长';
const TEXT = '有委员反映 <某路口> 红绿灯时长 & 车流不符。';

describe('Open311 GeoReport v2', () => {
  let town: Town;
  let tale: Tale;
  let open = '';
  let number = '';
  beforeAll(async () => {
    town = await openTown({ workers: false });
    tale = await openTale(town);
    const disclosure = { anonymous: false, openness: 'public', phoneToUnit: false };
    open = await tale.atPolice([], { disclosure });
    await tale.did('handler', open, 'reply', SOLVED);
    await tale.did('reviewer', open, 'publish', { title: TITLE, text: TEXT });
    number = (await tale.read(open)).number;
    // Public by its author's choice, and never published; and one for staff alone.
    await tale.filed({ title: '还没公开的一件', disclosure });
    await tale.filed({ title: '只给工作人员的一件' });
    await follow();
  }, 120_000);
  afterAll(() => town?.stop());

  const follow = async (): Promise<void> => {
    await town.app.sequencer.runOnce();
    for (const follower of town.app.followers) {
      await follower.runOnce();
    }
  };
  const get = async (path: string) => {
    const answer = await fetch(`${town.url}/open311/${path}`);
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
  };
  const json = async (path: string): Promise<{ status: number; body: Record<string, unknown>[] }> => {
    const { status, text } = await get(path);
    return { status, body: JSON.parse(text) as Record<string, unknown>[] };
  };
  const post = async (form: string, path = 'requests.json') => {
    const answer = await fetch(`${town.url}/open311/v2/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: form,
    });
    const text = await answer.text();
    return {
      status: answer.status,
      text,
      body: path.endsWith('json') ? (JSON.parse(text) as Record<string, unknown>[]) : [],
    };
  };
  const token = async (part: 'member' | 'reviewer', scopes: string[]): Promise<string> => {
    const wish = { name: '城市应用', scopes, days: 30 };
    const { body } = await (await tale.as(part)).call('POST', '/tokens', wish);
    return (body as unknown as TokenMade).secret ?? '';
  };

  it('lists services in the shape of the specification, in both forms', async () => {
    const xml = await get(`v2/services.xml?${WHERE}`);
    expect(xml.type).toBe('text/xml; charset=utf-8');
    expect(xml.text.startsWith('<?xml version="1.0" encoding="utf-8"?>\n<services><service>')).toBe(true);
    expect(shapeOf(xml.text).slice(0, 9)).toEqual(shapeOf(SPEC_SERVICES));
    const { body } = await json(`v2/services.json?${WHERE}`);
    expect(body.find((one) => one.service_code === 'traffic')).toEqual({
      service_code: 'traffic',
      service_name: '交通出行',
      description: expect.any(String),
      metadata: expect.any(Boolean),
      type: 'realtime',
      keywords: '交通出行',
      group: '社情民意',
    });
    expect(xml.text.match(/<service>/g)).toHaveLength(body.length);
  });

  it('tells a service’s questions as attributes', async () => {
    const admin = await tale.as('admin');
    const value = {
      name: '交通出行',
      active: true,
      notice: null,
      questions: [
        { id: 'when', label: '什么时候', kind: 'choice', choices: ['早高峰', '晚高峰'], required: true },
      ],
    };
    const set = await admin.call('PUT', '/admin/categories/traffic', { areaId: '330700', seen: null, value });
    expect(set.status, JSON.stringify(set.body)).toBe(200);
    const xml = await get(`v2/services/traffic.xml?${WHERE}`);
    expect(shapeOf(xml.text).slice(0, 15)).toEqual(shapeOf(SPEC_DEFINITION).slice(0, 15));
    expect(JSON.parse((await get(`v2/services/traffic.json?${WHERE}`)).text)).toMatchObject({
      service_code: 'traffic',
      attributes: [
        {
          variable: true,
          code: 'when',
          datatype: 'singlevaluelist',
          required: true,
          order: 1,
          description: '什么时候',
          values: [
            { key: '早高峰', name: '早高峰' },
            { key: '晚高峰', name: '晚高峰' },
          ],
        },
      ],
    });
  });

  it('shows what was published, in the committee’s words, and nothing else', async () => {
    const xml = await get(`v2/requests.xml?${WHERE}`);
    expect(shapeOf(xml.text)).toEqual(shapeOf(SPEC_REQUESTS));
    expect(xml.text).toContain('&lt;某路口&gt; 红绿灯时长 &amp; 车流不符');
    const { body } = await json(`v2/requests.json?${WHERE}`);
    expect(body).toHaveLength(1);
    expect(body[0]).toMatchObject({
      service_request_id: number,
      status: 'open',
      status_notes: '待评价，答复：已解决',
      service_code: 'traffic',
      description: `${TITLE}\n${TEXT}`,
      agency_responsible: '市公安局交警支队',
      address: '金东区',
      lat: null,
      media_url: null,
    });
    expect(JSON.stringify(body)).not.toMatch(/林淑芬|迎宾大道|还没公开|只给工作人员|单一配时/);
    expect((await json(`v2/requests/${number}.json?${WHERE}`)).body).toEqual(body);
  });

  it('filters by number, service, time and state', async () => {
    const count = async (query: string): Promise<number> =>
      (await json(`v2/requests.json?${WHERE}&${query}`)).body.length;
    expect(await count(`service_request_id=${number},JH-2026-999999&status=closed`)).toBe(1);
    expect(await count('service_code=traffic,education')).toBe(1);
    expect(await count('service_code=education')).toBe(0);
    expect(await count('status=open')).toBe(1);
    expect(await count('status=closed')).toBe(0);
    expect(await count('status=')).toBe(1);
    expect(await count('start_date=2026-07-01T00:00:00Z&end_date=2026-07-20T00:00:00%2B08:00')).toBe(1);
    expect(await count('end_date=2026-07-01T00:00:00Z')).toBe(0);
    expect(await json('v2/requests.json?jurisdiction_id=330702')).toMatchObject({ status: 200, body: [] });
  });

  it.each([
    ['v2/services.json', 400, 'jurisdiction_id'],
    ['v2/services.json?jurisdiction_id=999999', 404, 'jurisdiction_id'],
    [`v2/services/nonsense.json?${WHERE}`, 404, 'service_code'],
    [`v2/requests/JH-2026-999999.json?${WHERE}`, 404, 'service_request_id'],
    [`v2/tokens/nonsense.json?${WHERE}`, 404, 'token'],
    [`v2/requests.json?${WHERE}&status=half`, 400, 'status'],
    [`v2/requests.json?${WHERE}&start_date=yesterday`, 400, 'start_date'],
    [`v2/requests.json?${WHERE}&start_date=2026-01-01T00:00:00Z&end_date=2026-07-01T00:00:00Z`, 400, '90 天'],
    ['v2/nothing.json', 404, '地址'],
  ])('answers %s with the specification’s errors', async (path, status, words) => {
    const answer = await json(path);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual([{ code: status, description: expect.stringContaining(words) }]);
    const xml = await get(path.replace('.json', '.xml'));
    expect(shapeOf(xml.text)).toEqual(['errors', 'error', 'code', 'description']);
  });

  it('files for a member who delegates, once a day for the same words, and says that a token did it', async () => {
    const key = await token('member', ['open311:file']);
    const wanting = await post(SPEC_POST(key));
    expect([wanting.status, wanting.body[0]?.description]).toEqual([
      400,
      '请提供 attribute[when]（什么时候）',
    ]);
    const form = `${SPEC_POST(key)}&attribute[when]=${encodeURIComponent('早高峰')}`;
    const filed = await post(form);
    expect(filed.status, filed.text).toBe(201);
    expect(filed.body).toEqual([
      {
        service_request_id: expect.stringMatching(/^JH-2026-\d{6}$/),
        service_notice: expect.any(String),
        account_id: null,
      },
    ]);
    const again = await post(form, 'requests.xml');
    expect(again.text).toContain(`<service_request_id>${String(filed.body[0]?.service_request_id)}<`);
    expect(shapeOf(again.text)).toEqual([
      'service_requests',
      'request',
      'service_request_id',
      'service_notice',
      'account_id',
    ]);
    const member = await tale.as('member');
    const { body } = await member.call('GET', '/cases?desk=member&queue=all');
    const item = (body as unknown as { items: { id: string; number: string; title: string }[] }).items.filter(
      (one) => one.number === filed.body[0]?.service_request_id,
    );
    expect(item).toHaveLength(1);
    const view = (await member.call('GET', `/cases/${item[0]?.id}`)).body as unknown as {
      timeline: { who: string }[];
      content: { situation: string; answers: object[]; place: { text: string } };
    };
    expect(view.timeline.at(-1)?.who).toBe('（通过访问令牌）');
    expect(view.content).toMatchObject({
      situation: expect.stringContaining('A large sinkhole is destroying the street'),
      answers: [{ question: '什么时候', answer: '早高峰' }],
      place: { text: '1234 5th street' },
    });
    // Known by its token before anybody published it, and by nothing else.
    expect((await json(`v2/tokens/${item[0]?.id}.json?${WHERE}`)).body).toEqual([
      { service_request_id: item[0]?.number, token: item[0]?.id },
    ]);
    expect((await json(`v2/requests/${item[0]?.number}.json?${WHERE}`)).status).toBe(404);
  });

  it('files nothing without the scope, the key, or anything to say', async () => {
    const reading = await token('member', ['cases:read', 'cases:file']);
    const key = await token('member', ['open311:file']);
    const before = await town.app.store.read((db) => db.selectFrom('cases').select('id').execute());
    const refused = [
      [await post(SPEC_POST('')), 403, 'api_key'],
      [await post(SPEC_POST('mqp_nonsense')), 403, '令牌无效'],
      [await post(SPEC_POST(reading)), 403, 'Open311 代报'],
      [await post(`api_key=${key}&service_code=traffic`), 400, 'jurisdiction_id'],
      [await post(`api_key=${key}&${WHERE}`), 400, 'service_code'],
      [await post(`api_key=${key}&${WHERE}&service_code=nonsense`), 404, 'service_code'],
      [await post(`api_key=${key}&${WHERE}&service_code=other`), 400, 'description'],
      [await post(`api_key=${key}&${WHERE}&service_code=other&description=x&lat=29`), 400, 'lat'],
      [
        await post(`api_key=${key}&${WHERE}&service_code=other&description=x&address_id=5`),
        400,
        'address_id',
      ],
    ] as const;
    for (const [answer, status, words] of refused) {
      expect(answer.status, answer.text).toBe(status);
      expect(answer.body[0]).toMatchObject({ code: status });
      expect(answer.text).toContain(words);
    }
    const after = await town.app.store.read((db) => db.selectFrom('cases').select('id').execute());
    expect(after).toHaveLength(before.length);
  });

  it('lets a member who is none any more file nothing', async () => {
    const key = await token('member', ['open311:file']);
    const admin = await tale.as('admin');
    const personId = await tale.personId('member');
    const { body } = await admin.call('GET', `/admin/people/${personId}`);
    expect(body).toMatchObject({ id: personId });
    await town.app.store.transact((tx) =>
      tx
        .updateTable('role_grant')
        .set({ to_at: town.app.clock.businessNow() })
        .where('person_id', '=', personId)
        .execute(),
    );
    const answer = await post(SPEC_POST(key));
    expect([answer.status, answer.body[0]?.description]).toEqual([
      403,
      '访问令牌的主人已经没有角色，请联系管理员',
    ]);
  });

  it('is discovered', async () => {
    const { text } = await get('discovery.json');
    expect(JSON.parse(text)).toMatchObject({
      endpoints: [{ specification: 'http://wiki.open311.org/GeoReport_v2', url: `${town.url}/open311/v2` }],
    });
    expect((await get('discovery.xml')).text).toContain('<format>text/xml</format>');
  });

  it('answers 429 with when to ask again to an address that asks too often, in the standard’s shape', async () => {
    const refused = await town.until('the budget is used up', async () => {
      await town.app.store.transact((tx) =>
        tx.updateTable('rate_budget').set({ used: 1_000 }).where('host_id', '=', 'quota:open311').execute(),
      );
      const answer = await fetch(`${town.url}/open311/v2/services.json?jurisdiction_id=330700`);
      return answer.status === 429 ? answer : null;
    });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toEqual([{ code: 429, description: '请求太频繁，请稍后再试' }]);
    const other = await fetch(`${town.url}/api/session`, { method: 'DELETE' });
    expect(other.status).not.toBe(429);
  });
});
