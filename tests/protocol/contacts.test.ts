import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DirectoryFile } from '../../scripts/messenger/src/index.ts';
import { startPlatform, type Json, type Platform } from './platform.ts';

const person = (n: number, departmentIds: number[], more: Json = {}) => ({
  id: `p${n}`,
  userid: `user${n}`,
  unionid: `union${n}`,
  name: `张${n}`,
  mobile: `1990000${String(n).padStart(4, '0')}`,
  title: '',
  departmentIds,
  roles: [],
  unit: '',
  area: '',
  host: 'dingtalk' as const,
  ...more,
});

const DIRECTORY: DirectoryFile = {
  corpId: 'dingcorp',
  departments: [
    { id: 1, parentId: null, name: '浙江省' },
    { id: 100, parentId: 1, name: '金华市' },
    { id: 200, parentId: 100, name: '市公安局交警支队' },
    { id: 300, parentId: 1, name: '别处' },
  ],
  people: [
    ...Array.from({ length: 23 }, (_, index) => person(index + 1, [100])),
    person(50, [100, 200], { title: '支队长', roles: ['head'] }),
    person(60, [300]),
  ],
};

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform({ directory: DIRECTORY });
});
afterAll(() => platform.stop());

describe('departments', () => {
  it('are listed one level at a time, as an array', async () => {
    const { body } = await platform.oapi('/topapi/v2/department/listsub', { dept_id: 1, language: 'zh_CN' });
    expect(body).toMatchObject({ errcode: 0, errmsg: 'ok', request_id: expect.any(String) });
    expect(body.result).toEqual([
      { dept_id: 100, name: '金华市', parent_id: 1, create_dept_group: false, auto_add_user: false },
      { dept_id: 300, name: '别处', parent_id: 1, create_dept_group: false, auto_add_user: false },
    ]);
  });

  it('are read one by one, with their heads, and the root without a parent', async () => {
    expect((await platform.oapi('/topapi/v2/department/get', { dept_id: 200 })).body.result).toMatchObject({
      dept_id: 200,
      name: '市公安局交警支队',
      parent_id: 100,
      dept_manager_userid_list: ['user50'],
      member_count: 1,
    });
    expect((await platform.oapi('/topapi/v2/department/get', { dept_id: 1 })).body.result).not.toHaveProperty(
      'parent_id',
    );
    expect((await platform.oapi('/topapi/v2/department/get', { dept_id: 9 })).body.errcode).toBe(60003);
  });

  it('know their line and the ids below them', async () => {
    expect((await platform.oapi('/topapi/v2/department/listsubid', { dept_id: 100 })).body.result).toEqual({
      dept_id_list: [200],
    });
    expect(
      (await platform.oapi('/topapi/v2/department/listparentbydept', { dept_id: 200 })).body.result,
    ).toEqual({
      parent_id_list: [200, 100, 1],
    });
  });
});

describe('people', () => {
  it('come in pages of direct members; the last page names no cursor', async () => {
    const page = (cursor: number) =>
      platform.oapi('/topapi/v2/user/list', { dept_id: 100, cursor, size: 20, contain_access_limit: false });
    const first = (await page(0)).body.result as Json;
    expect(first).toMatchObject({ has_more: true, next_cursor: 20 });
    const last = (await page(20)).body.result as Json;
    expect(last).not.toHaveProperty('next_cursor');
    expect(last.has_more).toBe(false);
    expect([...(first.list as Json[]), ...(last.list as Json[])].map((one) => one.userid)).toHaveLength(24);
    expect((last.list as Json[])[3]).toMatchObject({
      userid: 'user50',
      dept_id_list: [100, 200],
      leader: true,
      active: true,
    });
  });

  it('in two departments are in both lists', async () => {
    const { body } = await platform.oapi('/topapi/user/listsimple', { dept_id: 200, cursor: 0, size: 100 });
    expect(body.result).toEqual({ has_more: false, list: [{ userid: 'user50', name: '张50' }] });
    expect((await platform.oapi('/topapi/user/listid', { dept_id: 200 })).body.result).toEqual({
      userid_list: ['user50'],
    });
  });

  it('are not paged by more than a hundred or from before the start', async () => {
    expect(
      (await platform.oapi('/topapi/v2/user/list', { dept_id: 1, cursor: 0, size: 101 })).body.errcode,
    ).toBe(40069);
    expect(
      (await platform.oapi('/topapi/v2/user/list', { dept_id: 1, cursor: -1, size: 10 })).body.errcode,
    ).toBe(40068);
  });

  it('are read with the types really sent, empty fields left out', async () => {
    const { body } = await platform.form('/topapi/v2/user/get', { userid: 'user1', language: 'zh_CN' });
    expect(body.result).toMatchObject({
      userid: 'user1',
      unionid: 'union1',
      name: '张1',
      mobile: '19900000001',
      dept_id_list: [100],
      leader_in_dept: [{ dept_id: 100, leader: false }],
      active: true,
      admin: false,
    });
    expect(body.result).not.toHaveProperty('title');
    expect((await platform.oapi('/topapi/v2/user/get', { userid: 'nobody' })).body.errcode).toBe(60121);
    expect((await platform.oapi('/topapi/v2/user/get', {})).body.errcode).toBe(400002);
  });

  it('are found by mobile and by unionid', async () => {
    expect(
      (await platform.oapi('/topapi/v2/user/getbymobile', { mobile: '19900000002' })).body.result,
    ).toEqual({
      userid: 'user2',
    });
    expect((await platform.oapi('/topapi/user/getbyunionid', { unionid: 'union2' })).body.result).toEqual({
      contact_type: 0,
      userid: 'user2',
    });
    expect((await platform.oapi('/topapi/user/getbyunionid', { unionid: 'x' })).body.errcode).toBe(60121);
  });
});

describe('the scope an administrator gave the app', () => {
  it('hides other departments and refuses their people', async () => {
    const scoped = await startPlatform({ directory: DIRECTORY, contactScope: [100] });
    expect((await scoped.oapi('/auth/scopes')).body.auth_org_scopes).toEqual({
      authed_dept: [100],
      authed_user: [],
    });
    const listed = (await scoped.oapi('/topapi/v2/department/listsub', { dept_id: 1 })).body.result as Json[];
    expect(listed.map((one) => one.dept_id)).toEqual([100]);
    expect((await scoped.oapi('/topapi/v2/user/get', { userid: 'user60' })).body.errcode).toBe(50002);
    expect(
      (await scoped.oapi('/topapi/v2/user/list', { dept_id: 300, cursor: 0, size: 10 })).body.errcode,
    ).toBe(60011);
    await scoped.stop();
  });

  it('a permission that was not granted is refused in each generation', async () => {
    const bare = await startPlatform({ directory: DIRECTORY, permissions: ['qyapi_base'] });
    expect((await bare.oapi('/topapi/v2/user/get', { userid: 'user1' })).body.errcode).toBe(60011);
    expect(await bare.api('PUT', '/v1.0/card/instances', { outTrackId: 'x' })).toMatchObject({
      status: 403,
      body: {
        code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
        accessdenieddetail: { requiredScopes: ['Card.Instance.Write'] },
      },
    });
    await bare.stop();
  });
});
