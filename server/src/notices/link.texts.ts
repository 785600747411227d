/** What somebody is told when an account becomes theirs: at every account they have, since one of them may not be theirs. */
import { messengerName } from '@minqing/shared/words';
import type { Clock } from '../clock.ts';
import type { Host } from '../hosts/index.ts';
import { peopleById, type LinkTold } from '../people/index.ts';
import { uuidv7, type Tx } from '../store/index.ts';
import { lastingMoment } from './moments.ts';
import { queueNotice } from './queue.ts';

const MY_PAGE = '/#/me';

const WORDS: Record<LinkTold['what'], { title: string; body: string; status: string }> = {
  linked: {
    title: '已关联另一个平台的账号',
    body: '两个平台里都是您，通知发到您最近用的那个。不是您本人的账号？请马上到「我的」里解除，或告诉管理员',
    status: '已关联',
  },
  misused: {
    title: '有人用了您的关联码，没有关联',
    body: '那个账号的姓名和您的不一样，这个码已经作废。关联码不要给别人看；是您自己输的，请联系管理员',
    status: '未关联',
  },
  undone: {
    title: '账号关联已解除',
    body: '两个平台的账号重新各用各的。不是您要求的，请联系管理员',
    status: '已解除',
  },
};

/** Queues the notice for each account, in the transaction that changed who they belong to. */
export async function tellLink(
  tx: Tx,
  deps: { clock: Clock; hosts: ReadonlyMap<string, Host> },
  { what, personId, accounts, otherHostId, at }: LinkTold,
): Promise<void> {
  const { title, body, status } = WORDS[what];
  const name = (await peopleById(tx, [personId])).get(personId)?.name ?? '';
  const grant = await tx
    .selectFrom('role_grant')
    .select('area_id')
    .where('person_id', '=', personId)
    .orderBy('from_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const content = {
    number: `关联·${uuidv7().slice(-8)}`,
    title,
    lines: [
      { label: '平台', value: messengerName(deps.hosts.get(otherHostId)?.vendor ?? '') },
      { label: '时间', value: lastingMoment(at) },
    ],
    body: `${name}：${body}`,
    path: MY_PAGE,
    buttons: [{ title: '去看看', path: MY_PAGE }],
    status: { text: status, tone: what === 'misused' ? ('red' as const) : ('blue' as const) },
  };
  for (const account of accounts) {
    const facts = {
      id: account.id,
      hostId: account.host_id,
      userId: account.user_id,
      unionId: account.union_id,
    };
    await queueNotice(tx, deps, { notice: 'link', caseId: null, areaId: grant?.area_id ?? '', content }, [
      { personId, account: facts, others: [], unitId: null, role: '' },
    ]);
  }
}
