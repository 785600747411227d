/** The variables that may stand in a notice: what each is in a case, and an example for the preview. */
import { ADOPTION_LEVELS, APPEAL_OUTCOMES } from '@minqing/shared/words';
import { CLOCKS, type Clock, type ClockKind } from '@minqing/shared/workflow';
import { leadName } from '../cases/index.ts';
import { lastingDeadline } from './moments.ts';
import type { NoticeContext } from './notice.texts.ts';

interface Variable {
  of(x: NoticeContext): string;
  sample: string;
}

const due =
  (kind: ClockKind) =>
  (x: NoticeContext): string => {
    const clock = x.c.clocks.findLast((k) => k.kind === kind && k.stoppedAt === null);
    return clock ? lastingDeadline(clock.dueAt) : '';
  };
const data =
  (key: string) =>
  (x: NoticeContext): string =>
    String(x.event.data[key] ?? '');
const clockOf = (x: NoticeContext): Clock | undefined =>
  x.c.clocks.find((k) => k.id === x.event.data.clockId);
const among =
  (words: Readonly<Record<string, string>>, key: string) =>
  (x: NoticeContext): string =>
    words[String(x.event.data[key])] ?? '';

export const NOTICE_VARIABLES = {
  民情编号: { of: (x) => x.c.number, sample: 'JH-2026-000123' },
  民情标题: { of: (x) => x.c.content.title, sample: '迎宾大道红绿灯按车流设置时长' },
  类别: { of: (x) => x.categoryName(x.c.content.categoryId), sample: '交通出行' },
  主办单位: { of: (x) => leadName(x.c, x.telling), sample: '交警支队' },
  办理人: { of: (x) => x.who || '有人', sample: '周凯' },
  接收政协: { of: (x) => x.telling.unit(x.c.committeeId)?.name ?? '另一级政协', sample: '浙江省政协' },
  审核时限: { of: due('review'), sample: '7月7日 周二 08:41' },
  交办时限: { of: due('dispatch'), sample: '7月7日 周二 08:58' },
  签收时限: { of: due('sign'), sample: '7月6日 周一 14:30' },
  答复时限: { of: due('reply'), sample: '7月9日 周四 17:00' },
  事项: { of: (x) => CLOCKS[x.event.data.kind as ClockKind]?.label ?? '', sample: '答复' },
  时限: {
    of: (x) => {
      const clock = clockOf(x);
      return clock ? lastingDeadline(clock.dueAt) : '';
    },
    sample: '7月9日 周四 17:00',
  },
  超期单位: {
    of: (x) => {
      const unitId = clockOf(x)?.unitId;
      return unitId ? (x.telling.unit(unitId)?.shortName ?? '') : '';
    },
    sample: '交警支队',
  },
  内容: { of: data('text'), sample: '已到路口实测早晚高峰流量，正在调整配时。' },
  原因: { of: data('reason'), sample: '请补充是哪个路口' },
  说明: { of: data('note'), sample: '写入《社情民意》第 12 期' },
  督办要求: {
    of: (x) => (x.event.data.supervision as { text?: string } | undefined)?.text ?? '',
    sample: '请主要负责人三个工作日内答复',
  },
  并入编号: { of: data('intoNumber'), sample: 'JH-2026-000120' },
  公开标题: { of: data('title'), sample: '迎宾大道红绿灯已按车流设置' },
  顺延原因: { of: data('why'), sample: '国庆节调休' },
  采用级别: { of: among(ADOPTION_LEVELS, 'level'), sample: '省级采用' },
  复核结论: { of: among(APPEAL_OUTCOMES, 'outcome'), sample: '评价成立' },
} as const satisfies Record<string, Variable>;

/** What any notice may name. Nobody's name is among them: one text goes to people who may know it and who may not. */
export const COMMON_NOTICE_VARIABLES: readonly string[] = ['民情标题', '民情编号', '类别', '主办单位'];

export function noticeValues(x: NoticeContext): Record<string, string> {
  return Object.fromEntries(
    Object.entries(NOTICE_VARIABLES).map(([name, variable]) => [name, variable.of(x)]),
  );
}
export const NOTICE_SAMPLES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(NOTICE_VARIABLES).map(([name, { sample }]) => [name, sample]),
);
