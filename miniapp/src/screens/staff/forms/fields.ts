/** Which fields an act's input has, for acts that need no form of their own: one list, drawn by FieldsForm. */
import type { ActionView, CaseView } from '@minqing/shared/contract';
import {
  ADOPTION_LEVELS,
  APPEAL_OUTCOMES,
  CONTACT_WAYS,
  LENGTHS,
  REVEAL_BASES,
  SUPERVISION_LEVELS,
  VISIT_OUTCOMES,
} from '@minqing/shared/words';

interface Base {
  name: string;
  label: string;
  hint?: string;
  /** What is said when it is left empty; without it the field may stay empty. */
  needed?: string;
}
export interface TextField extends Base {
  kind: 'text';
  max: number;
  placeholder?: string;
  /** Ready-made reasons may be ticked. */
  ticks?: boolean;
  /** What stands there at first. */
  start?: (view: CaseView) => string;
}
export interface ChoiceField extends Base {
  kind: 'choice';
  options: readonly { id: string; label: string }[];
  chosen?: string;
}
/** A moment that lies behind us, to the minute; or a day ahead. */
export interface TimeField extends Base {
  kind: 'moment' | 'day';
}
export interface SwitchField extends Base {
  kind: 'switch';
  on: boolean;
  /** What it means, on and off. */
  means: readonly [on: string, off: string];
}
export interface AreaField extends Base {
  kind: 'area';
}
export interface PickField extends Base {
  kind: 'members' | 'case';
}
export type Field = TextField | ChoiceField | TimeField | SwitchField | AreaField | PickField;

export interface FieldsShape {
  fields: readonly Field[];
  /** Photos may go with it. */
  photos?: boolean;
  /** Asked once more before it is done, when it is hard to take back. */
  ask?: { title: string; text: string };
}

const choices = (map: Record<string, string>): { id: string; label: string }[] =>
  Object.entries(map).map(([id, label]) => ({ id, label }));
const reason = (label = '原因', placeholder = '写明白，对方好办'): TextField => ({
  kind: 'text',
  name: 'reason',
  label,
  placeholder,
  max: LENGTHS.reason,
  needed: `请写${label}`,
  ticks: true,
});
const text = (label: string, more: Partial<TextField> = {}): TextField => ({
  kind: 'text',
  name: 'text',
  label,
  max: LENGTHS.note,
  needed: `请写${label}`,
  ...more,
});
const happened = (label: string): TimeField => ({ kind: 'moment', name: 'at', label, needed: '请选时间' });
const way: ChoiceField = {
  kind: 'choice',
  name: 'way',
  label: '方式',
  options: choices(CONTACT_WAYS),
  chosen: 'phone',
};
const visible = (on: boolean): SwitchField => ({
  kind: 'switch',
  name: 'visible',
  label: '委员看得到',
  on,
  means: ['委员会收到', '只有工作人员看得到'],
});

export const FIELDS: Partial<Record<ActionView['input'], FieldsShape>> = {
  words: { fields: [text('情况', { placeholder: '做了什么，办到哪一步' })], photos: true },
  optionalReason: { fields: [{ ...reason('原因', '选填'), hint: '选填', needed: '' }] },
  extension: {
    fields: [
      { kind: 'day', name: 'until', label: '延到哪一天', hint: '到那天下班', needed: '请选延到哪一天' },
      reason('为什么要延期', '卡在哪一步，还要多久'),
    ],
  },
  contact: {
    fields: [
      happened('什么时候谈的'),
      way,
      text('谈了什么、结果如何', { placeholder: '委员关心什么，怎么答复的' }),
      visible(true),
    ],
    photos: true,
  },
  appealReview: {
    fields: [
      {
        kind: 'choice',
        name: 'outcome',
        label: '复核结论',
        options: choices(APPEAL_OUTCOMES),
        needed: '请选复核结论',
      },
      text('复核意见', { placeholder: '写在评价旁边，评价不改' }),
    ],
  },
  visit: {
    fields: [
      happened('什么时候回访的'),
      way,
      {
        kind: 'choice',
        name: 'outcome',
        label: '结果',
        options: choices(VISIT_OUTCOMES),
        needed: '请选回访结果',
      },
      text('回访情况', { hint: '选填', needed: '' }),
    ],
  },
  adopt: {
    fields: [
      {
        kind: 'choice',
        name: 'level',
        label: '哪一级采用',
        options: choices(ADOPTION_LEVELS),
        needed: '请选哪一级采用',
      },
      text('说明', { name: 'note', hint: '选填', needed: '', placeholder: '刊物、期号' }),
    ],
  },
  instruct: { fields: [text('批示', { placeholder: '承办单位马上看到' }), visible(false)] },
  publish: {
    fields: [
      text('公开标题', { name: 'title', max: LENGTHS.title, start: (view) => view.content.title }),
      text('公开内容', {
        max: LENGTHS.published,
        hint: '请隐去姓名、电话、门牌',
        start: (view) => view.timeline.find((entry) => entry.result)?.text ?? '',
      }),
    ],
    ask: { title: '公开这件民情？', text: '公开后所有委员都能看到，请确认姓名、电话已经隐去。' },
  },
  supervise: {
    fields: [
      {
        kind: 'choice',
        name: 'level',
        label: '督办级别',
        options: choices(SUPERVISION_LEVELS),
        chosen: 'normal',
      },
      text('督办要求', { placeholder: '要单位负责人答复什么' }),
    ],
  },
  reveal: {
    fields: [
      {
        kind: 'choice',
        name: 'basis',
        label: '依据',
        options: choices(REVEAL_BASES),
        needed: '请选依据',
      },
      reason('说明', '何时征得同意，或法律依据'),
    ],
    ask: { title: '公开委员姓名？', text: '三服务办和主办单位会看到姓名，不能撤销，全程留痕。' },
  },
  delegate: {
    fields: [{ kind: 'area', name: 'areaId', label: '下转到', needed: '请选下转到哪里' }, reason()],
  },
  invite: {
    fields: [{ kind: 'members', name: 'personIds', label: '请谁联名', needed: '请选联名委员' }],
  },
  merge: {
    fields: [
      { kind: 'case', name: 'intoCaseId', label: '并入哪一件', needed: '请选并入哪一件' },
      text('意见', { name: 'note', hint: '选填', needed: '' }),
    ],
    ask: { title: '并案？', text: '委员会收到通知，答复和评价都会送到；答复前可以拆案。' },
  },
};
