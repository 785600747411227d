import type { LinkItem, MyAccounts } from '@minqing/shared/contract';
import { linkCode, linkOutcome, linkPage, myAccounts } from '@minqing/shared/contract';
import { refuse, textOf, type MockAnswer, type MockRequest } from './answers.ts';

/** Accounts in two messengers in the mock: no rules beyond what the screens need. */
export interface AccountsWorld {
  mine: MyAccounts;
  code: string;
  links: LinkItem[];
}

/** The code somebody who is not on the roster here may type. */
export const GOOD_CODE = '482913077';

export function createAccountsWorld(): AccountsWorld {
  const side = (
    personId: string,
    hostName: string,
    departments: string[],
    roles: string[],
  ): LinkItem['sides'][number] => ({
    personId,
    name: '周凯',
    title: '三级警长',
    phone: '199****0004',
    roles,
    accounts: [{ hostName, departments, seenText: roles.length > 0 ? '今天 08:40 用过' : '还没登录过' }],
  });
  return {
    mine: {
      accounts: [
        {
          id: 'a1',
          hostName: '钉钉',
          departments: ['金华市政协'],
          here: true,
          seenText: '今天 08:40 用过',
          mayLeave: false,
        },
      ],
      others: ['浙政钉'],
    },
    code: GOOD_CODE,
    links: [
      {
        id: 'l1',
        state: 'proposed',
        wayText: '手机号相同',
        atText: '今天 02:10',
        sides: [
          side('p1', '钉钉', ['市公安局交警支队'], ['经办人 · 市公安局交警支队']),
          side('p2', '浙政钉', ['金华市公安局', '交警支队'], []),
        ],
        effectText: '确认后，用浙政钉登录的也是周凯（钉钉）',
        blockedText: '',
        mayDecide: true,
        mayUndo: false,
      },
      {
        id: 'l2',
        state: 'proposed',
        wayText: '本人在另一个平台输了关联码',
        atText: '昨天 16:02',
        sides: [
          side('p3', '钉钉', ['市建设局'], ['经办人 · 市建设局']),
          side('p4', '浙政钉', ['金华市建设局'], ['单位负责人 · 市建设局']),
        ],
        effectText: '',
        blockedText:
          '两个账号都已用来报过民情或办过件，经手的记录不能改名，所以不能并成一个人。请留下常用的一个，收回另一个的角色',
        mayDecide: true,
        mayUndo: false,
      },
    ],
  };
}

const bodyOf = (request: MockRequest): Record<string, unknown> =>
  JSON.parse(new TextDecoder().decode(request.body) || '{}') as Record<string, unknown>;
const DECIDED = { confirm: 'linked', refuse: 'refused', undo: 'undone' } as const;

/** Answers what is about accounts; null for everything else. */
export function answerAccounts(world: AccountsWorld, request: MockRequest, path: string): MockAnswer | null {
  if (path === '/me/accounts') {
    return { status: 200, body: myAccounts.parse(world.mine) };
  }
  if (path === '/me/accounts/code') {
    const expiresAt = '2026-07-06T08:51:00+08:00';
    return { status: 200, body: linkCode.parse({ code: world.code, expiresAt, minutes: 10 }) };
  }
  if (path === '/me/accounts/link') {
    return textOf(bodyOf(request).linkCode) === world.code
      ? {
          status: 200,
          body: linkOutcome.parse({ state: 'proposed', text: '已请管理员确认；确认以前，两个账号各用各的' }),
        }
      : wrongCode();
  }
  const left = path.match(/^\/me\/accounts\/([^/]+)\/leave$/);
  if (left) {
    world.mine.accounts = world.mine.accounts.filter((one) => one.id !== left[1]);
    world.mine.others = ['浙政钉'];
    return { status: 200, body: {} };
  }
  if (path === '/admin/links') {
    const open = !request.path.includes('state=decided');
    const items = world.links.filter((one) => (one.state === 'proposed') === open);
    return { status: 200, body: linkPage.parse({ items, after: null }) };
  }
  const decided = path.match(/^\/admin\/links\/([^/]+)\/(confirm|refuse|undo)$/);
  const link = decided ? world.links.find((one) => one.id === decided[1]) : undefined;
  if (!decided || !link) {
    return null;
  }
  const state = DECIDED[decided[2] as keyof typeof DECIDED];
  Object.assign(link, {
    state,
    effectText: '黄志强',
    mayDecide: state !== 'linked',
    mayUndo: state === 'linked',
  });
  return { status: 200, body: {} };
}

/** A code nobody was shown. */
export function wrongCode(): MockAnswer {
  const message = '关联码不对或已过期，请在另一个平台重新取一个';
  return refuse(400, 'invalidInput', message, { errors: [{ path: 'linkCode', message }] });
}
