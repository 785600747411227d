import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inputOf, openStages, type Stage } from '../support/stages.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTale, type Part, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';

type Denial = [sentence: string, part: Part, stage: Stage, action: string];

const DENIALS: Denial[] = [
  ['a member does not accept their own report', 'member', 'submitted', 'accept'],
  ['a member does not decline their own report', 'member', 'submitted', 'decline'],
  ['a member does not correct the category', 'member', 'submitted', 'correct'],
  ['a member does not edit after filing', 'member', 'submitted', 'edit'],
  ['a member does not file the same case twice', 'member', 'submitted', 'submit'],
  ['another member does not withdraw it', 'member2', 'submitted', 'withdraw'],
  ['another member does not file over it', 'member2', 'returned', 'submit'],
  ['another member does not add to it', 'member2', 'handling', 'supplement'],
  ['another member does not urge it', 'member2', 'handling', 'urge'],
  ['another member does not answer the question', 'member2', 'asked', 'answer'],
  ['another member does not rate it', 'member2', 'replied', 'rate'],
  ['a member does not dispatch', 'member', 'accepted', 'dispatch'],
  ['a member does not withdraw what is at a unit', 'member', 'dispatched', 'withdraw'],
  ['a member does not withdraw what was answered', 'member', 'replied', 'withdraw'],
  ['a member does not sign for the unit', 'member', 'dispatched', 'sign'],
  ['a member does not reply for the unit', 'member', 'handling', 'reply'],
  ['a member does not answer what was not asked', 'member', 'handling', 'answer'],
  ['a member does not rate before the reply', 'member', 'handling', 'rate'],
  ['a member does not rate again after closing', 'member', 'closed', 'rate'],
  ['a member does not rule on the dispute', 'member', 'disputed', 'conclude'],
  ['a member does not write internal notes', 'member', 'handling', 'comment'],
  ['a member does not urge during their own pause', 'member', 'asked', 'urge'],
  ['a member does not send in what was declined', 'member', 'declined', 'submit'],
  ['a member does not settle their case', 'member', 'replied', 'settle'],
  ['a reviewer does not dispatch', 'reviewer', 'accepted', 'dispatch'],
  ['a reviewer does not accept what was not sent in again', 'reviewer', 'returned', 'accept'],
  ['a reviewer does not accept twice', 'reviewer', 'accepted', 'accept'],
  ['a reviewer does not decline what was dispatched', 'reviewer', 'dispatched', 'decline'],
  ['a reviewer does not edit after acceptance', 'reviewer', 'accepted', 'edit'],
  ['a reviewer does not reply', 'reviewer', 'handling', 'reply'],
  ['a reviewer does not rate for the member', 'reviewer', 'replied', 'rate'],
  ['a reviewer does not rule on the dispute', 'reviewer', 'disputed', 'conclude'],
  ['a reviewer does not correct a closed case', 'reviewer', 'closed', 'correct'],
  ['a county reviewer does not accept the city’s case', 'countyReviewer', 'submitted', 'accept'],
  ['a county reviewer does not return the city’s case', 'countyReviewer', 'submitted', 'return'],
  ['a county reviewer does not write notes on the city’s case', 'countyReviewer', 'handling', 'comment'],
  ['a dispatcher does not accept for the committee', 'dispatcher', 'submitted', 'accept'],
  ['a dispatcher does not correct what is not reviewed', 'countyDispatcher', 'submitted', 'correct'],
  ['a dispatcher does not send back what is at a unit', 'dispatcher', 'handling', 'sendBack'],
  ['a dispatcher does not dispatch what is at a unit', 'dispatcher', 'handling', 'dispatch'],
  ['a dispatcher does not recall what was answered', 'dispatcher', 'replied', 'recall'],
  ['a dispatcher does not reply for the unit', 'dispatcher', 'handling', 'reply'],
  ['a dispatcher does not rule on the dispute', 'dispatcher', 'disputed', 'conclude'],
  ['a county dispatcher does not dispatch the city’s case', 'countyDispatcher', 'accepted', 'dispatch'],
  ['a county dispatcher does not recall the city’s case', 'countyDispatcher', 'dispatched', 'recall'],
  ['a handler does not dispatch to themselves', 'handler', 'accepted', 'dispatch'],
  ['a handler does not sign twice', 'handler', 'handling', 'sign'],
  ['a handler does not ask while a question is open', 'handler', 'asked', 'ask'],
  ['a handler does not reply twice', 'handler', 'replied', 'reply'],
  ['a handler does not rate their own reply', 'handler', 'replied', 'rate'],
  ['a handler does not give back what they answered', 'handler', 'replied', 'transferBack'],
  ['a handler does not rule on the complaint about them', 'handler', 'disputed', 'conclude'],
  ['a handler does not answer in the member’s name', 'handler', 'asked', 'answer'],
  ['a handler does not change the co-handlers', 'handler', 'handling', 'changeCoHandlers'],
  ['a handler does not urge', 'handler', 'handling', 'urge'],
  ['a handler of another unit does not sign', 'otherHandler', 'dispatched', 'sign'],
  ['a handler of another unit does not reply', 'otherHandler', 'handling', 'reply'],
  ['a handler of another unit does not give it back', 'otherHandler', 'dispatched', 'transferBack'],
  ['a handler of another unit gives no opinion', 'otherHandler', 'handling', 'opinion'],
  ['a handler of another unit writes no note', 'otherHandler', 'handling', 'comment'],
  ['a co-handler does not reply', 'coHandler', 'handling', 'reply'],
  ['a co-handler does not question the member', 'coHandler', 'handling', 'ask'],
  ['a lead gives no co-handler’s opinion', 'handler', 'handling', 'opinion'],
  ['a co-handler gives no opinion after the reply', 'coHandler', 'replied', 'opinion'],
  ['a head does not sign for the handlers', 'head', 'dispatched', 'sign'],
  ['a head does not reply without being a handler', 'head', 'handling', 'reply'],
  ['an inspector does not rule before a dispute', 'inspector', 'replied', 'conclude'],
  ['an inspector does not reply', 'inspector', 'handling', 'reply'],
  ['an inspector does not dispatch', 'inspector', 'accepted', 'dispatch'],
  ['a leader does not recall', 'leader', 'handling', 'recall'],
  ['a leader does not rule', 'leader', 'disputed', 'conclude'],
  ['an admin does not accept', 'admin', 'submitted', 'accept'],
  ['an admin does not reply', 'admin', 'handling', 'reply'],
  ['another member does not decide about an invitation to someone else', 'countyMember', 'invited', 'join'],
  ['a member does not join their own report', 'member', 'invited', 'join'],
  ['a member does not support their own report', 'member', 'open', 'support'],
  ['a member does not support what is for staff only', 'member2', 'accepted', 'support'],
  ['a member does not leave a report they made alone', 'member', 'accepted', 'leave'],
  ['a member does not reopen what is still being handled', 'member', 'handling', 'reopen'],
  ['a unit does not reopen what was closed', 'handler', 'closed', 'reopen'],
  ['another member does not reopen it', 'member2', 'closed', 'reopen'],
  ['a reviewer does not merge what is at a unit', 'reviewer', 'handling', 'merge'],
  ['a dispatcher does not merge', 'dispatcher', 'accepted', 'merge'],
  ['a county reviewer does not take a merged case apart', 'countyReviewer', 'merged', 'separate'],
  ['a member does not take a merged case apart', 'member', 'merged', 'separate'],
  ['a reviewer does not hand up what was dispatched', 'reviewer', 'handling', 'escalate'],
  ['a reviewer does not publish what the author keeps for staff', 'reviewer', 'replied', 'publish'],
  ['a reviewer does not reveal a name that is not hidden', 'reviewer', 'accepted', 'reveal'],
  ['a dispatcher does not reveal a name', 'dispatcher', 'accepted', 'reveal'],
  ['a handler does not grant their own extension', 'handler', 'extending', 'grant'],
  ['a county dispatcher does not grant the city’s extension', 'countyDispatcher', 'extending', 'grant'],
  ['a handler does not ask for a second extension', 'handler', 'extending', 'requestExtension'],
  ['a co-handler does not ask for an extension', 'coHandler', 'handling', 'requestExtension'],
  ['a handler does not approve their own reply', 'handler', 'approving', 'approve'],
  ['a dispatcher does not sign in the head’s place', 'dispatcher', 'approving', 'approve'],
  ['another unit’s head does not approve', 'otherHead', 'approving', 'approve'],
  ['a co-handler’s head does not approve', 'coHead', 'approving', 'rejectReply'],
  ['a head does not approve before the co-handlers have spoken', 'head', 'countersigning', 'approve'],
  ['a handler does not change a reply that waits to be signed', 'handler', 'approving', 'reply'],
  ['a member does not rate a reply that waits to be signed', 'member', 'approving', 'rate'],
  [
    'a handler does not answer a supervision the head must answer',
    'handler',
    'supervised',
    'answerSupervision',
  ],
  ['another unit’s head does not answer a supervision', 'otherHead', 'supervised', 'answerSupervision'],
  ['a dispatcher does not supervise', 'dispatcher', 'handling', 'supervise'],
  ['an inspector does not supervise twice at once', 'inspector', 'supervised', 'supervise'],
  ['a handler does not appeal good stars', 'handler', 'closed', 'appeal'],
  ['another unit does not appeal', 'otherHandler', 'rework', 'appeal'],
  ['a handler does not review their own appeal', 'handler', 'rework', 'reviewAppeal'],
  ['a handler does not fulfil what was not promised', 'handler', 'closed', 'fulfil'],
  ['another unit does not fulfil a promise', 'otherHandler', 'promised', 'fulfil'],
  ['a dispatcher does not visit the member', 'dispatcher', 'closed', 'visit'],
  ['an inspector does not adopt', 'inspector', 'closed', 'adopt'],
  ['a head does not write an instruction', 'head', 'handling', 'instruct'],
  ['a rework is not given back', 'handler', 'rework', 'transferBack'],
];

describe.each(STORES.filter((s) => s.name === 'sqlite'))('what is refused, on $name', (store) => {
  let database: TestDatabase;
  let town: Town;
  let tale: Tale;
  let stages: Record<Stage, string>;
  beforeAll(async () => {
    database = await store.create();
    town = await openTown({ databaseUrl: database.databaseUrl, workers: false });
    tale = await openTale(town);
    stages = await openStages(tale);
  });
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  it.each(DENIALS)('%s', async (_sentence, part, stage, action) => {
    const caseId = stages[stage];
    const before = await tale.read(caseId);
    const { status, body } = await tale.does(part, caseId, action, inputOf(action, tale));
    expect([403, 404, 409]).toContain(status);
    expect(body.title).toMatch(/[\u4e00-\u9fff]/);
    expect(await tale.read(caseId)).toEqual(before);
  });

  it('whoever is not signed on does nothing and reads nothing', async () => {
    const answers = await Promise.all([
      fetch(`${town.url}/api/cases/${stages.handling}`),
      fetch(`${town.url}/api/cases`),
      fetch(`${town.url}/api/queues`),
      fetch(`${town.url}/api/cases/${stages.handling}/actions/sign`, {
        method: 'POST',
        headers: { 'idempotency-key': stages.handling },
      }),
    ]);
    expect(answers.map((a) => a.status)).toEqual([401, 401, 401, 401]);
  });
});
