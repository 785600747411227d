/** 平台对接: platforms and areas, what could not be delivered, codes and comparisons as workbooks. No keys. */
import type {
  ExchangeOverview,
  exchangeChecks,
  exchangeCodes,
  exchangeLetters,
} from '@minqing/shared/contract';
import { SUITES } from '@minqing/shared/words';
import type { z } from 'zod';
import { linesCell, part, yesCell, type Book } from '../workbook/index.ts';

export const EXCHANGE_BOOK: Book<ExchangeOverview> = {
  name: '平台对接',
  parts: [
    part('平台', ({ partners }) => partners, [
      ['平台', 28, (one) => one.name],
      ['状态', 8, (one) => (one.active ? '在用' : '已停用')],
      ['情况', 36, (one) => one.sentence, 'wrapped'],
      ['网址', 40, (one) => one.baseUrl],
      ['签名方式', 24, (one) => SUITES[one.suite]],
      ['允许的来源', 30, (one) => linesCell(one.allow), 'wrapped'],
      ['给对方委员手机', 14, (one) => yesCell(one.sharePhone)],
      ['待发', 8, (one) => one.waiting, 'count'],
      ['送不到', 8, (one) => one.dead, 'count'],
      ['对不上', 8, (one) => one.held, 'count'],
      ['没有对应的代码', 14, (one) => one.unmatched, 'count'],
      ['上次对账', 36, (one) => one.checked, 'wrapped'],
    ]),
    part('各地区', ({ areas, partners }) => areas.map((area) => ({ area, partners })), [
      ['地区', 18, ({ area }) => area.name],
      [
        '受理后由谁办理',
        28,
        ({ area, partners }) =>
          area.partnerId === null
            ? '在本系统办理'
            : (partners.find((one) => one.id === area.partnerId)?.name ?? area.partnerId),
      ],
      ['从什么时候起', 20, ({ area }) => area.since],
    ]),
  ],
};

export const LETTER_BOOK: Book<z.output<typeof exchangeLetters>> = {
  name: '平台消息',
  parts: [
    part('等处理的消息', ({ items }) => items, [
      ['时间', 20, (letter) => letter.atText],
      ['方向', 8, (letter) => (letter.way === 'in' ? '收到' : '要发')],
      ['什么消息', 16, (letter) => letter.what],
      ['编号', 18, (letter) => letter.number],
      ['标题', 44, (letter) => letter.title, 'wrapped'],
      ['原因', 50, (letter) => letter.why, 'wrapped'],
      ['缺的代码', 18, (letter) => letter.missing?.code ?? null],
      ['后面还有几条在等', 16, (letter) => letter.behind, 'count'],
    ]),
  ],
};

export const CODE_BOOK: Book<z.output<typeof exchangeCodes>> = {
  name: '代码对应',
  parts: [
    part('代码对应', ({ items }) => items, [
      ['平台代码', 20, (code) => code.code],
      ['平台叫法', 30, (code) => code.name],
      ['对应本系统', 30, (code) => code.oursName],
      ['本系统编号', 40, (code) => code.ours],
      ['在等的消息', 12, (code) => code.waiting, 'count'],
    ]),
    part('没有代码的', ({ candidates, unnamed }) => candidates.filter((one) => unnamed.includes(one.id)), [
      ['本系统名称', 32, (one) => one.name],
      ['本系统编号', 40, (one) => one.id],
    ]),
  ],
};

type Check = z.output<typeof exchangeChecks>['items'][number];
const lines = (check: Check): { check: Check; finding?: Check['findings'][number] }[] =>
  check.findings.length > 0 ? check.findings.map((finding) => ({ check, finding })) : [{ check }];

export const CHECK_BOOK: Book<z.output<typeof exchangeChecks>> = {
  name: '对账记录',
  parts: [
    part('对账记录', ({ items }) => items.flatMap(lines), [
      ['时间', 20, ({ check }) => check.atText],
      ['结果', 40, ({ check }) => check.sentence, 'wrapped'],
      ['编号', 18, ({ finding }) => finding?.number ?? null],
      ['差异', 50, ({ finding }) => finding?.text ?? null, 'wrapped'],
      ['已修复', 8, ({ finding }) => (finding ? yesCell(finding.repaired) : null)],
    ]),
  ],
};
