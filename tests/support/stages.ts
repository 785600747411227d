/** One case at every stage, and an input the door accepts for every act: what refusals are tried on. */
import { LOW, SOLVED, WHY, type Tale } from './tale.ts';
import { report } from './town.ts';

export const STAGES = [
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
export type Stage = (typeof STAGES)[number];

/** The first author is 林淑芬, the lead 交警支队, the co-handler 综合行政执法局. */
export async function openStages(tale: Tale): Promise<Record<Stage, string>> {
  const co = [tale.units.enforcement];
  const made: Record<Stage, string> = {
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
  };
  return inputs[action] ?? WHY;
}
