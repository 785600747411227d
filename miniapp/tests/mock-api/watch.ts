import type { DeliveryItem, DeliverySummary, DeliveryView } from '@minqing/shared/contract';
import {
  adminAttention,
  auditPage,
  deliveriesResent,
  deliveryPage,
  deliverySummary,
  deliveryView,
  ledgerCheckView,
  stuckPage,
  stuckRepaired,
} from '@minqing/shared/contract';
import { DELIVERY_STATES, type DeliveryState } from '@minqing/shared/words';
import { refuse, type MockAnswer, type MockRequest } from './answers.ts';
import { bodyOf, fine } from './offices.util.ts';
import { at, CHECK, NOW, type WatchWorld } from './watch.world.ts';

export { createWatchWorld, type WatchWorld } from './watch.world.ts';

function summaryOf(world: WatchWorld): DeliverySummary {
  const count = (state: DeliveryState): number => world.deliveries.filter((d) => d.state === state).length;
  const dead = count('dead');
  return {
    headline: dead === 0 ? '没有发不出去的通知' : `${dead} 条通知发不出去，等您处理`,
    sentence: '过去 24 小时发出 1,261 条，送达 99.2%（1,250 条），2 条正在重试。人没收到，时限不会停。',
    counts: { dead, retrying: count('retrying'), queued: count('queued') },
    channels: [
      {
        channel: 'card',
        label: '互动卡片',
        light: 'green',
        word: '正常',
        share: '99.5%',
        fraction: '1,100 / 1,106 条',
        average: '平均 1.2 秒',
      },
      {
        channel: 'actionCard',
        label: '链接卡片',
        light: 'amber',
        word: '有的在重试',
        share: '98.9%',
        fraction: '93 / 94 条',
        average: '平均 1.4 秒',
      },
      {
        channel: 'notice',
        label: '普通通知',
        light: null,
        word: '',
        share: '',
        fraction: '没有发过',
        average: '',
      },
    ],
    notices: [...new Set(world.deliveries.map((d) => d.noticeLabel))].map((label) => ({ id: label, label })),
    asOf: NOW,
  };
}

function viewOf(world: WatchWorld, item: DeliveryItem): DeliveryView {
  const dead = item.state === 'dead';
  const nameless = item.recipient.name === '匿名委员';
  return {
    ...item,
    headline:
      dead || item.state === 'closed'
        ? `${item.recipient.name}没有收到「${item.noticeLabel}」`
        : `已送到${item.recipient.name}「${item.noticeLabel}」`,
    since: `今天 14:05 起，试了 ${item.attempts} 次`,
    reason: dead
      ? '钉钉里找不到这个人。昨天 22:10 同步通讯录时，这个人已从 兰溪市交通运输局 调出。请改发给现在能办的人，并在「人员与角色」里更正。'
      : '',
    caseId: item.about ? 'c-story' : null,
    caseOpens: false,
    canResend: dead,
    canRecordCall: dead,
    choices:
      dead && !nameless
        ? [
            { to: 'handler', title: '改发给 郑晓岚', text: '兰溪市交通运输局 现任经办人，钉钉可用' },
            { to: 'head', title: '改发给单位负责人', text: '徐伟军 局长' },
          ]
        : [],
    attemptList: Array.from({ length: item.attempts }, (_, i) => ({
      at: NOW,
      timeText: `14:0${i}:02`,
      channelLabel: i === 0 ? '互动卡片' : '普通通知',
      text: dead ? `钉钉里找不到这个人${i + 1 === item.attempts ? '，停止重试' : ''}` : '平台收下了',
      good: !dead,
    })),
    answer: dead
      ? [
          { label: '接口', value: 'topapi/message/corpconversation/asyncsend_v2' },
          { label: 'HTTP', value: '200' },
          { label: '代码', value: '60121' },
          { label: '说明', value: '找不到该用户' },
          { label: '请求', value: '15rzf0o2k7w0j' },
        ]
      : [],
    deadlines: item.about
      ? [
          {
            label: '签收时限',
            left: {
              clockId: 'sign#1',
              light: 'amber',
              text: '还剩 1 小时 10 分',
              dueText: '今天 15:50 前签收',
              dueAt: at('15:50'),
              leftMinutes: 70,
              wholeMinutes: 210,
            },
          },
        ]
      : [],
    asOf: NOW,
    closing:
      world.closings[item.id] ?? (item.state === 'closed' ? '贾子涵 今天 11:20 打电话告知了 童局长' : ''),
  };
}

function close(world: WatchWorld, id: string, result: string, closing: string): MockAnswer {
  const item = world.deliveries.find((d) => d.id === id);
  if (item?.state !== 'dead') {
    return refuse(409, 'conflict', '这条已经处理过了，请刷新后再看');
  }
  Object.assign(item, { state: 'closed', stateLabel: DELIVERY_STATES.closed, result });
  world.closings[id] = closing;
  return fine(deliveryView, viewOf(world, item));
}

function answerDeliveries(world: WatchWorld, request: MockRequest, path: string): MockAnswer | null {
  const query = new URLSearchParams(request.path.split('?')[1] ?? '');
  const [, id = '', act = ''] = /^\/deliveries(?:\/([\w-]+))?(?:\/(\w+))?$/.exec(path) ?? [];
  if (request.method === 'GET' && id === 'summary') {
    return fine(deliverySummary, summaryOf(world));
  }
  if (request.method === 'GET' && id) {
    const item = world.deliveries.find((d) => d.id === id);
    return item ? fine(deliveryView, viewOf(world, item)) : refuse(404, 'notFound', '没有这条投递记录');
  }
  if (request.method === 'GET') {
    const state = query.get('state');
    const channel = query.get('channel');
    const q = query.get('q') ?? '';
    const found = world.deliveries.filter(
      (d) =>
        (!state || d.state === state) &&
        (!channel || d.channel === channel) &&
        `${d.recipient.name}${d.recipient.unit}${d.about}`.includes(q),
    );
    return fine(deliveryPage, {
      pinned: state ? [] : found.filter((d) => d.state === 'dead'),
      items: state ? found : found.filter((d) => d.state !== 'dead'),
      after: null,
    });
  }
  const body = bodyOf(request);
  if (id === 'resend') {
    const ids =
      (body.ids as string[] | undefined) ??
      world.deliveries.filter((d) => d.state === 'dead').map((d) => d.id);
    for (const item of world.deliveries.filter((d) => ids.includes(d.id))) {
      Object.assign(item, {
        state: 'queued',
        stateLabel: DELIVERY_STATES.queued,
        result: '马上发',
        attempts: 0,
      });
    }
    return fine(deliveriesResent, { resent: ids.length, more: false });
  }
  if (act === 'call' && !String(body.spokeTo ?? '').trim()) {
    return refuse(400, 'invalidInput', '有内容需要修改，请看标出的地方', {
      errors: [{ path: 'spokeTo', message: '请填写接电话的人' }],
    });
  }
  return act === 'call'
    ? close(world, id, '已打电话告知', `贾子涵 今天 14:40 打电话告知了 ${String(body.spokeTo)}`)
    : close(world, id, '已改发给现任的人', '贾子涵 今天 14:40 改发给 郑晓岚');
}

/** Null for what is not asked here. */
export function answerWatch(world: WatchWorld, request: MockRequest, path: string): MockAnswer | null {
  const asks = `${request.method} ${path}`;
  if (path.startsWith('/deliveries')) {
    return answerDeliveries(world, request, path);
  }
  const query = new URLSearchParams(request.path.split('?')[1] ?? '');
  switch (asks) {
    case 'GET /admin/attention':
      return fine(adminAttention, {
        deadLetters: world.deliveries.filter((d) => d.state === 'dead').length,
        stuck: world.stuck.length,
      });
    case 'GET /admin/stuck':
    case 'POST /admin/stuck/check':
      return fine(stuckPage, {
        items: world.stuck,
        after: null,
        total: world.stuck.length,
        running: false,
        sentence: '今天 03:02 全面检查过，看了 2,013 件；新近有变化的每分钟检查一次。',
      });
    case 'POST /admin/stuck/repair': {
      const subjects = bodyOf(request).subjects as string[] | undefined;
      const chosen = world.stuck.filter((s) => s.fixable && (!subjects || subjects.includes(s.subject)));
      world.stuck = world.stuck.filter((s) => !chosen.includes(s));
      return fine(stuckRepaired, {
        repaired: chosen.length,
        left: 0,
        lines: chosen.map((s) => ({ subject: s.subject, done: [s.repair], left: [] })),
        more: false,
      });
    }
    case 'GET /audit':
      return fine(auditPage, {
        items: world.audit.filter(
          (a) =>
            (!query.get('group') || a.group === query.get('group')) &&
            a.who.startsWith(query.get('person') ?? ''),
        ),
        after: null,
      });
    case 'GET /audit/verification':
      return fine(ledgerCheckView, world.check);
    case 'POST /audit/verification':
      world.check = { ...CHECK, sentence: '黄志强 今天 14:40 开始，今天 14:40 完成，核到第 12,409 条。' };
      return fine(ledgerCheckView, {
        ...CHECK,
        state: 'running',
        headline: '正在核验，已完成 40%',
        sentence: '黄志强 今天 14:40 开始，不影响办理。',
        share: 0.4,
        lastSeq: null,
      });
    default:
      return null;
  }
}
