/** One case at every stage, and an input the door accepts for every act: what refusals are tried on. */
import { LOW, SOLVED, WHY, type Tale } from './tale.ts';
import { report } from './town.ts';

export const FIRST_STAGES = [
  'submitted',
  'returned',
  'declined',
  'withdrawn',
  'accepted',
  'dispatched',
  'handling',
  'asked',
  'replied',
  'disputed',
  'closed',
] as const;
export type FirstStage = (typeof FIRST_STAGES)[number];

export const STAGES = [
  ...FIRST_STAGES,
  'invited',
  'open',
  'merged',
  'extending',
  'supervised',
  'countersigning',
  'approving',
  'rework',
  'promised',
] as const;
export type Stage = (typeof STAGES)[number];

/** The first author is 林淑芬, the lead 交警支队, the co-handler 综合行政执法局. */
export async function openFirstStages(tale: Tale): Promise<Record<FirstStage, string>> {
  const co = [tale.units.enforcement];
  const made: Record<FirstStage, string> = {
    submitted: await tale.filed(),
    returned: await tale.filed(),
    declined: await tale.filed(),
    withdrawn: await tale.filed(),
    accepted: await tale.accepted(),
    dispatched: await tale.atPolice(co),
    handling: await tale.atPolice(co),
    asked: await tale.atPolice(co),
    replied: await tale.atPolice(co),
    disputed: await tale.atPolice(co),
    closed: await tale.atPolice(co),
  };
  await tale.did('reviewer', made.returned, 'return', WHY);
  await tale.did('reviewer', made.declined, 'decline', WHY);
  await tale.did('member', made.withdrawn, 'withdraw');
  await tale.did('handler', made.handling, 'sign');
  await tale.did('handler', made.asked, 'ask', { question: '是哪个方向？' });
  await tale.did('handler', made.replied, 'reply', SOLVED);
  for (let round = 1; round <= 3; round += 1) {
    await tale.did('handler', made.disputed, 'reply', SOLVED);
    await tale.did('member', made.disputed, 'rate', LOW);
  }
  await tale.did('handler', made.closed, 'reply', SOLVED);
  await tale.did('member', made.closed, 'rate', { stars: 5 });
  return made;
}

/** Those, and the side roads: invited, merged, waiting to be signed, supervised, promised. */
export async function openStages(tale: Tale): Promise<Record<Stage, string>> {
  const co = [tale.units.enforcement];
  const made: Record<Stage, string> = {
    ...(await openFirstStages(tale)),
    invited: await tale.filed({ invitees: [await tale.personId('member2')] }),
    open: await tale.accepted({ disclosure: { openness: 'members' } }),
    merged: await tale.filed(),
    extending: await tale.atPolice(co),
    supervised: await tale.atPolice(co),
    countersigning: await tale.accepted(),
    approving: await tale.atPolice(co),
    rework: await tale.atPolice(co),
    promised: await tale.atPolice(co),
  };
  await tale.did('reviewer', made.merged, 'merge', { intoCaseId: await tale.filed({}, 'member2') });
  await tale.did('handler', made.extending, 'requestExtension', { ...WHY, until: '2026-07-15' });
  await tale.did('inspector', made.supervised, 'supervise', { text: '请尽快' });
  await tale.did('dispatcher', made.countersigning, 'dispatch', {
    leadUnitId: tale.units.police,
    coUnitIds: co,
    countersign: true,
  });
  await tale.did('handler', made.countersigning, 'reply', SOLVED);
  await tale.headsApprove(true);
  await tale.did('handler', made.approving, 'reply', SOLVED);
  await tale.headsApprove(false);
  await tale.did('handler', made.rework, 'reply', SOLVED);
  await tale.did('member', made.rework, 'rate', LOW);
  await tale.did('handler', made.promised, 'reply', {
    class: 'planned',
    text: '列入今年计划',
    promisedOn: '2026-09-30',
  });
  await tale.did('member', made.promised, 'rate', { stars: 4 });
  return made;
}

/** What is sent with an act, so that only the rule can refuse it. */
export function inputOf(action: string, tale: Tale): object {
  const lead = { leadUnitId: tale.units.works, coUnitIds: [] };
  const inputs: Record<string, object> = {
    submit: report(),
    edit: report({ title: '改过的标题' }),
    accept: {},
    withdraw: {},
    sign: {},
    urge: {},
    correct: { categoryId: 'education' },
    dispatch: lead,
    redispatch: { ...lead, ...WHY },
    changeCoHandlers: { coUnitIds: [tale.units.works] },
    progress: { text: '看过现场' },
    ask: { question: '哪里？' },
    answer: { text: '南北向' },
    opinion: { text: '同意' },
    reply: SOLVED,
    rate: { stars: 5 },
    conclude: { ruling: 'uphold', text: '维持' },
    supplement: { text: '还有一处' },
    comment: { text: '内部备注' },
    merge: { intoCaseId: 'nowhere' },
    delegate: { ...WHY, areaId: 'wucheng' },
    invite: { personIds: ['nobody'] },
    contact: { at: '2026-07-06T08:36:00+08:00', way: 'phone', text: '谈过' },
    requestExtension: { ...WHY, until: '2026-07-20' },
    reviewAppeal: { outcome: 'stands', text: '看过了' },
    visit: { at: '2026-07-06T08:36:00+08:00', way: 'phone', outcome: 'solved' },
    adopt: { level: 'city' },
    instruct: { text: '抓紧办' },
    publish: { title: '红绿灯', text: '已调整' },
    supervise: { text: '请尽快' },
    answerSupervision: { text: '明天办' },
    followUp: { text: '已开工' },
    fulfil: { text: '已完工' },
    reveal: { ...WHY, basis: 'consent' },
  };
  return inputs[action] ?? WHY;
}
