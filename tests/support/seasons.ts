/**
 * A spring and a summer of a city's cases with answers that are known beforehand: every moment is written down here, and
 * whoever asks a question of the screens works the answer out from this list, without the product.
 */
import type { Office } from './office.ts';

export interface Told {
  title: string;
  /** Whose committee received it. */
  area: string;
  unit: string;
  /** YYYY-MM-DD, a working day; dispatched at 09:30. */
  filedOn: string;
  /** Working days from the dispatch to the reply, sent at 09:30; absent where there is none. */
  answeredAfter?: number;
  /** Given an hour after the reply. */
  stars?: number;
}

/** When the questions are asked: a Friday afternoon. */
export const ASKED_AT = '2026-07-24T15:00:00+08:00';
/** What reports are of, the one before the other in turn. */
export const MATTERS = { spring: '停车位', summer: '红绿灯' } as const;

const CITY = '金华市';
const DAY = 86_400_000;
/** In turn: no street is spoken of as often as a matter. */
const STREETS = [
  '八一街',
  '解放路',
  '双溪路',
  '人民路',
  '环城路',
  '宾虹路',
  '丹溪路',
  '婺江路',
  '李渔路',
  '金瓯路',
];
let turn = 0;
const street = (): string => STREETS[(turn += 1) % STREETS.length] ?? '';
const given = (
  unit: string,
  area: string,
  matter: string,
  rows: readonly (readonly [filedOn: string, answeredAfter: number, stars: number])[],
): Told[] =>
  rows.map(([filedOn, answeredAfter, stars]) => ({
    title: `${street()}${matter}`,
    area,
    unit,
    filedOn,
    answeredAfter,
    stars,
  }));
const open = (unit: string, days: readonly string[]): Told[] =>
  days.map((filedOn) => ({ title: `${street()}人行道`, area: CITY, unit, filedOn }));

/** Slowest of the year is not slowest of the quarter; one that is slower still has too few cases to be ranked. */
export const SEASONS: readonly Told[] = [
  ...given('市建设局', CITY, MATTERS.spring, [
    ['2026-04-13', 3, 5],
    ['2026-04-13', 3, 5],
    ['2026-04-14', 3, 5],
  ]),
  ...given('市教育局', CITY, MATTERS.spring, [
    ['2026-04-13', 1, 5],
    ['2026-04-14', 1, 5],
    ['2026-04-15', 1, 5],
  ]),
  ...given('婺城区教育局', '婺城区', MATTERS.spring, [
    ['2026-04-13', 1, 5],
    ['2026-04-14', 1, 4],
    ['2026-04-15', 1, 5],
  ]),
  ...given('金东区公安局', '金东区', '路灯', [
    ['2026-04-13', 1, 5],
    ['2026-04-14', 1, 2],
    ['2026-04-15', 1, 4],
  ]),
  ...given('义乌市住建局', '义乌市', '路灯', [
    ['2026-04-13', 1, 4],
    ['2026-04-14', 1, 4],
    ['2026-04-15', 1, 5],
  ]),
  ...given('市建设局', CITY, '窨井盖', [
    ['2026-07-06', 1, 5],
    ['2026-07-07', 2, 5],
    ['2026-07-08', 1, 5],
  ]),
  ...given('市教育局', CITY, MATTERS.summer, [
    ['2026-07-06', 3, 5],
    ['2026-07-07', 3, 5],
    ['2026-07-08', 2, 5],
  ]),
  ...given('市公安局交警支队', CITY, MATTERS.summer, [
    ['2026-07-09', 1, 5],
    ['2026-07-10', 1, 5],
    ['2026-07-13', 1, 5],
  ]),
  ...given('市医疗保障局', CITY, '医保', [['2026-07-06', 5, 5]]),
  ...given('婺城区教育局', '婺城区', MATTERS.spring, [
    ['2026-07-06', 1, 5],
    ['2026-07-07', 1, 2],
    ['2026-07-08', 1, 3],
  ]),
  ...given('金东区公安局', '金东区', '路灯', [
    ['2026-07-06', 1, 4],
    ['2026-07-07', 2, 5],
    ['2026-07-08', 1, 5],
  ]),
  ...given('义乌市住建局', '义乌市', '路灯', [
    ['2026-07-06', 1, 3],
    ['2026-07-07', 2, 4],
    ['2026-07-08', 2, 5],
  ]),
  // Three whose three days are over, and two that have time left.
  ...open('市公安局交警支队', ['2026-07-14', '2026-07-15', '2026-07-16', '2026-07-23', '2026-07-24']),
];

/** The working day so many after another; these weeks have no holidays. */
export function workingDayOn(date: string, days: number): string {
  let at = Date.parse(`${date}T00:00:00Z`);
  for (let left = days; left > 0;) {
    at += DAY;
    const weekday = new Date(at).getUTCDay();
    left -= weekday === 0 || weekday === 6 ? 0 : 1;
  }
  return new Date(at).toISOString().slice(0, 10);
}

const instant = (date: string, time: string): number => Date.parse(`${date}T${time}:00+08:00`);

/** Plays them through `perform`, each step at its moment; the figures have followed when it is done. */
export async function playSeasons(office: Office, told: readonly Told[] = SEASONS): Promise<void> {
  const ids = new Map<Told, string>();
  const idOf = (one: Told): string => ids.get(one) ?? '';
  const steps = told.flatMap((one) => {
    const { area, unit, filedOn, answeredAfter, stars } = one;
    const member = office.holder('member', `${area}政协`);
    const handler = office.holder('handler', unit);
    const at = (time: string, run: () => Promise<unknown>, date = filedOn) => ({
      at: instant(date, time),
      run,
    });
    const answered = answeredAfter === undefined ? null : workingDayOn(filedOn, answeredAfter);
    return [
      at('08:40', async () => {
        const place = { text: `${area}某处`, areaId: office.area(area === CITY ? '婺城区' : area) };
        const committeeId = office.unit(`${area}政协`);
        ids.set(
          one,
          await office.filed(member, { title: one.title, categoryId: 'city', place, committeeId }),
        );
      }),
      at('09:00', () => office.did(office.holder('reviewer', `${area}政协`), idOf(one), 'accept')),
      at('09:30', () =>
        office.did(office.holder('dispatcher', `${area}三服务办`), idOf(one), 'dispatch', {
          leadUnitId: office.unit(unit),
          coUnitIds: [],
          limit: { unit: 'days', amount: 3 },
        }),
      ),
      at('10:00', () => office.did(handler, idOf(one), 'sign')),
      ...(answered === null
        ? []
        : [
            at(
              '09:30',
              () => office.did(handler, idOf(one), 'reply', { class: 'solved', text: '已经处理好。' }),
              answered,
            ),
            at(
              '10:30',
              () =>
                office.did(member, idOf(one), 'rate', {
                  stars,
                  ...((stars ?? 5) < 3 ? { reasons: ['问题还在'] } : {}),
                }),
              answered,
            ),
          ]),
    ];
  });
  office.clock.business = 0;
  for (const step of steps.toSorted((a, b) => a.at - b.at)) {
    // Filing takes a minute of its own.
    office.clock.business = Math.max(office.clock.business, step.at);
    await step.run();
  }
  office.clock.business = Date.parse(ASKED_AT);
  await office.follow();
}
