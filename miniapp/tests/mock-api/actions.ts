import type { CaseView, MeView } from '@minqing/shared/contract';
import { CASE_STATES } from '@minqing/shared/words';
import { INPUTS } from '@minqing/shared/workflow';
import { ACTIONS } from '@minqing/shared/workflow';
import { action, entry, handlingCase, itemOf } from './cases.ts';
import { refuse, textOf, type MockAnswer } from './answers.ts';
import { STAFF_CHANGES } from './staff.ts';
import type { World } from './world.ts';

type ActionName = CaseView['actions'][number]['action'];
type Input = Record<string, unknown>;
type Change = (view: CaseView, input: Input, who: string) => CaseView;

const now = (
  view: CaseView,
  state: CaseView['state'],
  headline: string[],
  actions: CaseView['actions'],
): CaseView => ({
  ...view,
  state,
  stateLabel: CASE_STATES[state],
  headline,
  actions,
});

const add = (
  view: CaseView,
  name: ActionName,
  title: string,
  who: string,
  text: string,
  stars: number | null = null,
): CaseView => ({
  ...view,
  version: view.version + 1,
  timeline: [entry(view.version + 1, name, title, who, '刚刚', text, { stars }), ...view.timeline],
});

/** What each action makes of a case: enough for a screen to show that it was done. */
export const CHANGES: Partial<Record<ActionName, Change>> = {
  rate: (view, input, who) => {
    const stars = Number(input.stars);
    const done = add(view, 'rate', '您已评价', who, textOf(input.text), stars);
    return stars > 2
      ? now(done, 'closed', ['已办结，', '谢谢您的评价'], [])
      : now(done, 'dispatched', ['已退回整改，', '等交警支队签收'], [action('supplement'), action('urge')]);
  },
  answer: (view, input, who) => ({
    ...now(
      add(view, 'answer', '您回答了', who, textOf(input.text)),
      'handling',
      ['交警支队正在办理'],
      [action('supplement'), action('urge')],
    ),
    ask: null,
  }),
  supplement: (view, input, who) => add(view, 'supplement', '您补充了情况', who, textOf(input.text)),
  urge: (view, input, who) =>
    add(
      { ...view, actions: view.actions.filter((one) => one.action !== 'urge') },
      'urge',
      '您催办了',
      who,
      textOf(input.text),
    ),
  support: (view, _input, who) => ({
    ...add(view, 'support', '您附议了', who, ''),
    actions: view.actions.filter((one) => one.action !== 'support'),
  }),
  withdraw: (view, input, who) =>
    now(add(view, 'withdraw', '您撤回了', who, textOf(input.reason)), 'withdrawn', ['您已撤回'], []),
};

function submitted(caseId: string, input: Input, me: MeView, known: CaseView | undefined): CaseView {
  const base = known ?? {
    ...handlingCase(caseId),
    timeline: [],
    version: 0,
    number: `JH-2026-000${200 + Math.floor(caseId.charCodeAt(0))}`,
    assignments: [],
  };
  const place = input.place as { text: string };
  const fileIds = input.fileIds as string[];
  const view = add(
    base,
    'submit',
    known ? '您补充后再次提交' : '您提交了民情',
    me.person.name,
    textOf(input.situation),
  );
  return {
    ...now(
      view,
      'submitted',
      ['已提交，', '等市政协审核'],
      [action('supplement'), action('urge'), action('withdraw')],
    ),
    subline: '明天 08:41 前审核',
    light: 'green',
    lightWord: '正常',
    ring: { caption: '还剩', value: '7 小时', foot: '限 1 天', share: 1, light: 'green' },
    content: {
      ...base.content,
      title: textOf(input.title),
      situation: textOf(input.situation),
      suggestion: textOf(input.suggestion),
      place: { ...base.content.place, text: place.text },
      files: fileIds.map((id, at) => ({
        id,
        name: `照片${at + 1}.jpg`,
        kind: 'image' as const,
        bytes: 1,
        state: 'pending' as const,
        thumbUrl: null,
        url: null,
      })),
    },
    pendingFiles: fileIds.length,
  };
}

/** Validates the input as the server does, then changes the world; a refusal is a problem document. */
export function doAction(
  world: World,
  me: MeView,
  caseId: string,
  name: ActionName,
  input: Input,
): CaseView | MockAnswer {
  const parsed = INPUTS[ACTIONS[name].input].safeParse(input);
  if (!parsed.success) {
    const errors = parsed.error.issues.map((issue) => ({
      path: issue.path.join('.'),
      message: issue.message,
    }));
    return refuse(422, 'badInput', errors[0]?.message ?? '有一处没有填好', { errors });
  }
  const known = world.cases.get(caseId);
  if (name === 'submit') {
    const view = submitted(caseId, parsed.data, me, known);
    world.cases.set(caseId, view);
    world.drafts.delete(caseId);
    world.mine = [
      itemOf(view, { next: '市政协审核中', prompt: null, lead: null }),
      ...world.mine.filter((row) => row.id !== caseId),
    ];
    return view;
  }
  const change = CHANGES[name] ?? STAFF_CHANGES[name];
  if (!known || !change || !known.actions.some((one) => one.action === name)) {
    return refuse(409, 'notAllowed', '这件民情已经有了变化', {
      since: known ? [`${known.timeline[0]?.who} ${known.timeline[0]?.title}`] : [],
    });
  }
  const next = change(known, parsed.data, me.person.name);
  world.cases.set(caseId, next);
  world.mine = world.mine.map((row) => (row.id === caseId ? itemOf(next) : row));
  if (next.state !== known.state) {
    world.lists.forEach((rows, queue) =>
      world.lists.set(
        queue,
        rows.filter((row) => row.id !== caseId),
      ),
    );
  }
  return next;
}
