import { describe, expect, it } from 'vitest';
import { holidaysOf, readNotice } from './index.ts';

/** The notices as the State Council published them. */
const NOTICE_2026 = `各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。`;

const NOTICE_2025 = `一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。`;

const plainDays = (year: number): string[] => holidaysOf(year).map(({ date, kind }) => `${date} ${kind}`);
const readDays = (text: string, year: number): string[] =>
  readNotice(text, year).days.map(({ date, kind }) => `${date} ${kind}`);
const faultsOf = (text: string, year: number): string[] =>
  readNotice(text, year).faults.map(({ line, message }) => `${line} ${message}`);

describe('the text of a notice', () => {
  it('of 2026 gives the days the library knows', () => {
    expect(readNotice(NOTICE_2026, 2026).faults).toEqual([]);
    expect(readDays(NOTICE_2026, 2026)).toEqual(plainDays(2026));
  });

  it('of 2025 runs over the end of a month and names two festivals', () => {
    expect(readNotice(NOTICE_2025, 2025).faults).toEqual([]);
    expect(readDays(NOTICE_2025, 2025)).toEqual(plainDays(2025));
    expect(readNotice(NOTICE_2025, 2025).days.at(-1)).toEqual({
      date: '2025-10-11',
      kind: 'work',
      name: '国庆节、中秋节',
    });
  });

  it('may begin in the last days of the year before', () => {
    const text = '一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。';
    expect(readNotice(text, 2023).days.map(({ date }) => date)).toEqual([
      '2022-12-31',
      '2023-01-01',
      '2023-01-02',
    ]);
  });

  it('of another year is found out by its weekdays', () => {
    expect(faultsOf(NOTICE_2026, 2027)[0]).toBe('3 2027-01-01 是周五，写的是周四，请核对年份');
  });

  it('whose count does not fit its dates is told', () => {
    expect(faultsOf(NOTICE_2026.replace('共9天', '共8天'), 2026)).toEqual([
      '4 春节写着 8 天，按日期数是 9 天',
    ]);
  });

  it('that was cut off lacks days the law fixes', () => {
    const cut = NOTICE_2026.split('\n').slice(0, 6).join('\n');
    expect(faultsOf(cut, 2026)).toEqual([
      '0 缺法定假日：2026-06-19 端午节、2026-09-25 中秋节、2026-10-01 国庆节、2026-10-02 国庆节等 5 天。请把整份通知贴进来',
    ]);
  });

  it('that is something else is told', () => {
    expect(faultsOf('关于开展社情民意工作的通知', 2026)).toEqual([
      '0 没有认出放假安排，请贴「一、元旦：1月1日……放假」这样的原文，或用 CSV',
    ]);
  });

  it('makes no holiday of a range that goes back', () => {
    expect(faultsOf('一、元旦：1月3日至1日放假，共3天。', 2026)[0]).toContain('不像一段假期');
  });
});

describe('lists', () => {
  const csv = `日期,类型,名称\n${holidaysOf(2026)
    .map(({ date, kind, name }) => `${date},${kind === 'off' ? '休' : '班'},${name}`)
    .join('\n')}`;

  it('reads CSV and JSON', () => {
    expect(readNotice(csv, 2026)).toEqual({ year: 2026, days: holidaysOf(2026), faults: [] });
    const json = JSON.stringify({ year: 2026, days: holidaysOf(2026) });
    expect(readNotice(json, 2026)).toEqual({ year: 2026, days: holidaysOf(2026), faults: [] });
    expect(readNotice(JSON.stringify(holidaysOf(2026)), 2026).faults).toEqual([]);
  });

  it('names the rows that are wrong and takes none then', () => {
    const wrong =
      '2026-01-01,休,元旦\n2026-13-01,休,元旦\n2026-01-02,玩,元旦\n2026-01-03,休,\n2026-01-01,休,元旦';
    expect(faultsOf(wrong, 2026)).toEqual([
      '2 「2026-13-01」不是日期，要写成 2027-01-01',
      '3 「玩」看不懂，类型写 休 或 班',
      '4 请写上节日名称，不超过 20 个字',
      '5 2026-01-01 写了两次',
    ]);
    expect(faultsOf('2026-01-05,班,元旦', 2026)).toEqual(['1 2026-01-05 不是周末，不用补班']);
    expect(faultsOf('2025-10-01,休,国庆节', 2026)).toEqual(['1 2025-10-01 不在 2026 年']);
    expect(faultsOf('{"days":', 2026)).toEqual(['0 这段 JSON 不完整，请重新复制或上传']);
    expect(faultsOf('{"list":[]}', 2026)).toEqual(['0 JSON 里要有 days 列表，每项写 date、kind、name']);
  });
});
