import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rigHost, startFakePlatform } from './platform.fake.ts';
import type { Asked, FakePlatform, Rig } from './platform.fake.ts';

const GET = '/topapi/v2/department/get';
const SUB = '/topapi/v2/department/listsub';
const PEOPLE = '/topapi/v2/user/list';
const PERSON = '/topapi/v2/user/get';

let platform: FakePlatform;
let rig: Rig;
beforeEach(async () => {
  platform = await startFakePlatform();
  rig = rigHost(platform);
});
afterEach(() => platform.close());

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of source) {
    list.push(item);
  }
  return list;
}

const ok = (result: unknown) => ({ body: { errcode: 0, errmsg: 'ok', result, request_id: '4jzllmte0wau' } });
const deptOf = (asked: Asked): number => (asked.body as { dept_id: number }).dept_id;

describe('departments', () => {
  const tree: Record<number, { dept_id: number; name: string; parent_id: number }[]> = {
    1: [
      { dept_id: 100, name: '金华市', parent_id: 1 },
      { dept_id: 200, name: '三服务办', parent_id: 1 },
    ],
    100: [{ dept_id: 101, name: '交警支队', parent_id: 100 }],
  };

  beforeEach(() => {
    platform.answers(GET, ok({ dept_id: 1, name: '金华', order: 0 }));
    platform.answers(SUB, (asked) => ok(tree[deptOf(asked)] ?? []));
  });

  it('are walked from the root down, parents before children, each once', async () => {
    expect(await all(rig.host.listDepartments())).toEqual([
      { id: '1', parentId: null, name: '金华' },
      { id: '100', parentId: '1', name: '金华市' },
      { id: '101', parentId: '100', name: '交警支队' },
      { id: '200', parentId: '1', name: '三服务办' },
    ]);
    expect(platform.askedAt(SUB).map(({ body }) => body)).toContainEqual({ dept_id: 100, language: 'zh_CN' });
  });

  it('that name each other in a ring end the walk all the same', async () => {
    platform.answers(SUB, (asked) =>
      ok(deptOf(asked) === 1 ? [{ dept_id: 1, name: '金华', parent_id: 1 }] : []),
    );
    expect(await all(rig.host.listDepartments())).toHaveLength(1);
  });

  it('start at the granted ones where the root is out of the app’s scope', async () => {
    platform.answers(GET, (asked) =>
      deptOf(asked) === 1
        ? { body: { errcode: 60011, errmsg: '没有调用该接口的权限' } }
        : ok({ dept_id: 200, name: '三服务办', parent_id: 1 }),
    );
    platform.answers('/auth/scopes', {
      body: { errcode: 0, auth_org_scopes: { authed_dept: [200], authed_user: [] } },
    });
    expect(await all(rig.host.listDepartments())).toEqual([{ id: '200', parentId: '1', name: '三服务办' }]);
  });

  it('are read again when the platform is busy, three times at most', async () => {
    const busy = { body: { errcode: -1, errmsg: '系统繁忙' } };
    platform.answers(GET, busy, busy, ok({ dept_id: 100, name: '金华市', parent_id: 1 }));
    expect(await rig.host.getDepartment('100')).toEqual({ id: '100', parentId: '1', name: '金华市' });
    platform.answers(GET, busy);
    await expect(rig.host.getDepartment('100')).rejects.toMatchObject({ kind: 'unavailable' });
    expect(platform.askedAt(GET)).toHaveLength(6);
  });

  it('that do not exist are null, also by an id that is none', async () => {
    platform.answers(GET, { body: { errcode: 60003, errmsg: '部门不存在' } });
    expect(await rig.host.getDepartment('7')).toBeNull();
    expect(await rig.host.getDepartment('x')).toBeNull();
  });
});

describe('people', () => {
  const row = {
    userid: 'zhang',
    unionid: 'z21HjQliSzpw0YWCNxmii6u2Os62cZ62iSZ',
    name: '张伟',
    mobile: '13800000000',
    title: '科长',
    dept_id_list: [100, 200],
    active: true,
  };

  it('come page by page with the cursor the platform gives', async () => {
    platform.answers(
      PEOPLE,
      ok({ has_more: true, next_cursor: 10, list: [row] }),
      ok({ has_more: false, list: [{ userid: 'li', unionid: 'n2', name: '李', mobile: '', active: false }] }),
    );
    expect(await all(rig.host.listPeople('100'))).toEqual([
      {
        userId: 'zhang',
        unionId: 'z21HjQliSzpw0YWCNxmii6u2Os62cZ62iSZ',
        name: '张伟',
        mobile: '13800000000',
        title: '科长',
        departmentIds: ['100', '200'],
        active: true,
      },
      {
        userId: 'li',
        unionId: 'n2',
        name: '李',
        mobile: null,
        title: null,
        departmentIds: [],
        active: false,
      },
    ]);
    expect(platform.askedAt(PEOPLE).map(({ body }) => body)).toEqual([
      { dept_id: 100, cursor: 0, size: 100, contain_access_limit: false, language: 'zh_CN' },
      { dept_id: 100, cursor: 10, size: 100, contain_access_limit: false, language: 'zh_CN' },
    ]);
  });

  it('never turn in a circle when the cursor stands still', async () => {
    platform.answers(PEOPLE, ok({ has_more: true, next_cursor: 0, list: [row] }));
    await expect(all(rig.host.listPeople('100'))).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'shape',
    });
  });

  it('are understood from the documentation’s quoted numbers and flags too', async () => {
    platform.answers(PERSON, ok({ ...row, dept_id_list: ['1', '2'], active: 'true' }));
    expect(await rig.host.getPerson('zhang')).toMatchObject({ departmentIds: ['1', '2'], active: true });
  });

  it.each([33012, 60121])(
    'unknown to the platform (%i) are null; out of scope is an error',
    async (errcode) => {
      platform.answers(PERSON, { body: { errcode, errmsg: '找不到该用户' } });
      expect(await rig.host.getPerson('nobody')).toBeNull();
      platform.answers(PERSON, { body: { errcode: 50002, errmsg: '员工不在应用可见范围内' } });
      await expect(rig.host.getPerson('hidden')).rejects.toMatchObject({ kind: 'denied' });
    },
  );
});
