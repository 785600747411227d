import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestPeople, type TestPeople } from '../../../tests/support/people.ts';
import { createPhoneVault } from './crypto.ts';
import { importRoster, type RosterFiles } from './roster.ts';

const AREAS =
  'code,name,tier,parent\n330000,浙江省,province,\n330700,金华市,city,浙江省\n330702,婺城区,county,金华市\n';
const UNITS = [
  'name,shortName,type,area',
  '金华市政协,市政协,committee,金华市',
  '金华市三服务办,三服务办,dispatchOffice,金华市',
  '市公安局交警支队,交警支队,department,金华市',
].join('\n');
const HEAD = 'userid,name,mobile,role,area,unit,sector,committee,term,from';
const LIN = 'lin,林淑芬,13800000001,member,金华市,金华市政协,教育,提案委,第八届,2022-01-01';
const ZHOU = 'zhou,周凯,13800000002,handler,金华市,市公安局交警支队,,,,2022-01-01';
const ZHENG = 'zheng,郑卫平,13800000003,inspector,金华市,,,,,2022-01-01';
const people = (...rows: string[]): string => [HEAD, ...rows].join('\n');

let town: TestPeople;
beforeEach(async () => {
  town = await createTestPeople({ empty: true });
});
afterEach(() => town.close());

const load = (files: RosterFiles, options: { dryRun?: boolean; complete?: boolean } = {}) =>
  importRoster(
    {
      store: town.store,
      clock: town.clock,
      vault: createPhoneVault(town.config.dataKey, town.config.indexKey),
    },
    files,
    { hostId: 'host1', dryRun: false, complete: false, ...options },
  );
const whole = (rows: string): RosterFiles => ({ areas: AREAS, units: UNITS, people: rows });
const openGrants = () =>
  town.store.read((db) =>
    db
      .selectFrom('role_grant')
      .innerJoin('person', 'person.id', 'role_grant.person_id')
      .select(['person.name', 'role_grant.role', 'role_grant.from_at'])
      .where('role_grant.to_at', 'is', null)
      .orderBy('role_grant.from_at')
      .orderBy('person.name')
      .execute(),
  );

describe('a wrong row', () => {
  it.each([
    ['no userid', ',林,13800000009,member,金华市,金华市政协,,,,2022-01-01', '要有账号（userid）和姓名'],
    ['an unknown role', 'a,林,13800000009,king,金华市,金华市政协,,,,2022-01-01', '没有角色「king」'],
    ['an unknown unit', 'a,林,13800000009,member,金华市,不存在,,,,2022-01-01', '没有单位「不存在」'],
    [
      'a handler in a committee',
      'a,林,13800000009,handler,金华市,金华市政协,,,,2022-01-01',
      '经办人要在部门，「金华市政协」不是',
    ],
    ['an unknown area', 'a,林,13800000009,inspector,月球,,,,,2022-01-01', '没有地区「月球」'],
    [
      'a date that is none',
      'a,林,13800000009,member,金华市,金华市政协,,,,去年',
      '起始日期「去年」不是 YYYY-MM-DD',
    ],
    [
      'a day that does not exist',
      'a,林,13800000009,member,金华市,金华市政协,,,,2022-02-30',
      '起始日期「2022-02-30」不是 YYYY-MM-DD',
    ],
    ['a phone number that is none', 'a,林,12ab,member,金华市,金华市政协,,,,2022-01-01', '手机号「12ab」不对'],
  ])('with %s is named by its line, and nothing of the file is kept', async (_what, row, message) => {
    const result = await load(whole(people(LIN, row)));
    expect(result.errors).toEqual([{ file: 'people', line: 3, message }]);
    expect(await town.store.read((db) => db.selectFrom('area').selectAll().execute())).toEqual([]);
    expect(await openGrants()).toEqual([]);
  });

  it('behind a cell with line breaks keeps the line an editor shows', async () => {
    const result = await load(
      whole(
        people(
          '"lin","林\n淑芬",13800000001,member,金华市,金华市政协,,,,2022-01-01',
          'a,b,,king,,,,,,2022-01-01',
        ),
      ),
    );
    expect(result.errors).toMatchObject([{ line: 4 }]);
  });

  it('that gives one account two names is refused', async () => {
    const result = await load(whole(people(LIN, LIN.replace('林淑芬', '林晓'))));
    expect(result.errors).toEqual([{ file: 'people', line: 3, message: '账号「lin」在第 2 行是「林淑芬」' }]);
  });

  it('is told together with all the others', async () => {
    const result = await load({
      areas: `${AREAS}1,x,planet,金华市\n2,y,county,月球\n`,
      units: `${UNITS}\n某局,某局,shop,金华市\n某办,某办,department,月球`,
      people: people('a,b,,king,,,,,,2022-01-01'),
    });
    expect(result.errors.map(({ file, line }) => `${file} ${line}`)).toEqual([
      'areas 5',
      'areas 6',
      'units 5',
      'units 6',
      'people 2',
    ]);
  });

  it('is the header, when columns are missing or the file is no table', async () => {
    expect((await load({ people: 'userid,name\na,b' })).errors[0]?.message).toContain('缺少列：mobile、role');
    expect((await load({ people: 'a,"b' })).errors[0]?.message).toContain('读不懂这个表格');
  });
});

describe('an import', () => {
  it('makes areas, units, people, accounts and grants; they may sign on', async () => {
    const result = await load(whole(people(LIN, ZHOU, ZHENG)));
    expect(result).toMatchObject({ errors: [], areas: 3, units: 3, people: 3, granted: 3, ended: 0 });
    await town.people.directory.refresh();
    expect(town.people.directory.area('330700')).toMatchObject({
      name: '金华市',
      parentId: '330000',
      prefix: 'JH',
    });
    expect(await openGrants()).toEqual(
      expect.arrayContaining([
        { name: '郑卫平', role: 'inspector', from_at: Date.parse('2022-01-01T00:00:00+08:00') },
      ]),
    );
    const member = await town.store.read((db) =>
      db.selectFrom('membership').select(['sector', 'special_committee', 'term']).execute(),
    );
    expect(member).toEqual([{ sector: '教育', special_committee: '提案委', term: '第八届' }]);
    expect(await town.people.actingByAccount('host1', 'zheng')).toMatchObject({
      actor: { grants: [{ role: 'inspector', unitId: null, areaId: '330700' }] },
    });
  });

  it('of the same files again changes nothing', async () => {
    await load(whole(people(LIN, ZHOU)));
    const before = await openGrants();
    expect(await load(whole(people(LIN, ZHOU)))).toMatchObject({ people: 0, granted: 0, ended: 0 });
    expect(await openGrants()).toEqual(before);
  });

  it('in a dry run says what it would do and keeps nothing', async () => {
    expect(await load(whole(people(LIN)), { dryRun: true })).toMatchObject({
      errors: [],
      people: 1,
      granted: 1,
    });
    expect(await openGrants()).toEqual([]);
    expect(await town.store.read((db) => db.selectFrom('audit').selectAll().execute())).toEqual([]);
  });

  it('leaves grants it does not name alone, unless it is the complete roster', async () => {
    await load(whole(people(LIN, ZHOU)));
    await load(whole(people(LIN)));
    expect(await openGrants()).toHaveLength(2);
    expect(await load(whole(people(LIN)), { complete: true })).toMatchObject({ ended: 1 });
    expect((await openGrants()).map((grant) => grant.name)).toEqual(['林淑芬']);
  });

  it('that is complete ends the membership with the member’s grant', async () => {
    await load(whole(people(LIN, ZHOU)));
    await load(whole(people(ZHOU)), { complete: true });
    const rows = await town.store.read((db) => db.selectFrom('membership').select('to_at').execute());
    expect(rows).toEqual([{ to_at: town.clock.business }]);
  });

  it('that is complete ends nothing of another organisation’s people', async () => {
    await load(whole(people(LIN)));
    const other = {
      store: town.store,
      clock: town.clock,
      vault: createPhoneVault(town.config.dataKey, town.config.indexKey),
    };
    await importRoster(other, whole(people(ZHOU)), { hostId: 'host2', dryRun: false, complete: true });
    expect((await openGrants()).map((grant) => grant.name)).toEqual(
      expect.arrayContaining(['林淑芬', '周凯']),
    );
  });

  it('gives one person several roles, one row each', async () => {
    await load(whole(people(LIN, LIN.replace(',member,金华市,金华市政协', ',inspector,金华市,'))));
    expect((await openGrants()).map((grant) => grant.role).sort()).toEqual(['inspector', 'member']);
    expect(await town.store.read((db) => db.selectFrom('person').select('id').execute())).toHaveLength(1);
  });

  it('is audited with counts, without a name', async () => {
    await load(whole(people(LIN)));
    const [row] = await town.store.read((db) => db.selectFrom('audit').selectAll().execute());
    expect(row).toMatchObject({ kind: 'roster', subject: 'host1' });
    expect(JSON.parse(row?.data_json ?? '{}')).toEqual({
      areas: 3,
      units: 3,
      people: 1,
      granted: 1,
      ended: 0,
    });
  });

  it('takes the demo’s files as they are', async () => {
    const file = (name: string): string =>
      readFileSync(new URL(`../../../scripts/demo/${name}.csv`, import.meta.url), 'utf8');
    const result = await load({ areas: file('areas'), units: file('units'), people: file('roster') });
    expect(result.errors).toEqual([]);
    expect(result.granted).toBeGreaterThan(100);
  });
});
