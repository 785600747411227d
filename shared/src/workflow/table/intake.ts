/** Before a report is received. */
import { act, type ActionSpec } from './rows.ts';

export const INTAKE = {
  submit: act({
    label: '提交民情',
    from: ['new', 'returned'],
    to: ['submitted'],
    who: ['firstAuthor', 'filer'],
    input: 'submit',
    rank: 0,
    consequence: '马上送政协审核，半夜提交也会立刻回执',
  }),
  withdraw: act({
    label: '撤回',
    from: ['submitted', 'returned', 'accepted'],
    to: ['withdrawn'],
    who: ['firstAuthor', 'timer'],
    input: 'withdraw',
    rank: 80,
    consequence: '这件民情不再办理，记录仍在',
  }),
  takeOver: act({
    label: '由我接手',
    from: ['submitted', 'returned', 'accepted'],
    to: ['same'],
    who: ['firstAuthor'],
    rank: 60,
    consequence: '代录的工作人员不再替您补充和提交',
  }),
} as const satisfies Record<string, ActionSpec>;
