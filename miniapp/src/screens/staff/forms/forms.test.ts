import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Component } from 'vue';
import type { CaseView } from '@minqing/shared/contract';
import type { ActionName } from '@minqing/shared/workflow';
import { mockFetch } from '../../../../tests/mock-api/fetch.ts';
import { createMock, type Mock } from '../../../../tests/mock-api/mock.ts';
import { PEOPLE } from '../../../../tests/mock-api/people.ts';
import { useSession } from '../../../stores/session.ts';
import ConcludeForm from './ConcludeForm.vue';
import CorrectForm from './CorrectForm.vue';
import CoUnitsForm from './CoUnitsForm.vue';
import EditForm from './EditForm.vue';
import WordsForm from './WordsForm.vue';

let mock: Mock;
let sent: { path: string; body: Record<string, unknown> }[];
let form: VueWrapper;

beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
  useSession().me = PEOPLE.dispatcher!;
  mock = createMock();
  sent = [];
  const answer = mockFetch(mock, 'dispatcher');
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    if (init?.method === 'POST') {
      sent.push({
        path: String(input).replace(/^.*\/actions\//, ''),
        body: JSON.parse(String(init.body)) as Record<string, unknown>,
      });
    }
    return answer(input, init);
  });
});
afterEach(() => {
  form.unmount();
  vi.unstubAllGlobals();
});

async function open(component: Component, caseId: string, name: ActionName): Promise<CaseView> {
  const view = mock.world.cases.get(caseId)!;
  const action = view.actions.find((one) => one.action === name)!;
  form = mount(component, { props: { show: true, view, action }, attachTo: document.body });
  await flushPromises();
  return view;
}

const page = (): HTMLElement => document.querySelector<HTMLElement>('[role=dialog]')!;
async function press(label: string): Promise<void> {
  const button = [...page().querySelectorAll<HTMLElement>('button')].find((one) =>
    (one.getAttribute('aria-label') ?? one.textContent ?? '').trim().startsWith(label),
  );
  expect(button, `the button ${label}`).toBeDefined();
  button!.click();
  await flushPromises();
}
async function write(label: string, text: string): Promise<void> {
  const field = page().querySelector<HTMLTextAreaElement>(`textarea[aria-label="${label}"]`)!;
  field.value = text;
  field.dispatchEvent(new Event('input'));
  await flushPromises();
}
const alerts = (): string[] =>
  [...page().querySelectorAll('[role=alert]')].map((one) => one.textContent ?? '');

describe('forms of words', () => {
  it('join the reasons ticked with the words written', async () => {
    await open(WordsForm, 's-review-0', 'return');
    await press('请补充具体地点');
    await press('请补充照片或数据');
    await write('原因', '最好拍一张夜里的');
    await press('退回补充');
    expect(sent).toEqual([
      {
        path: 'return',
        body: { reason: '请补充具体地点；请补充照片或数据；最好拍一张夜里的', seenVersion: 1 },
      },
    ]);
    expect(form.emitted('done')).toHaveLength(1);
  });

  it('say what is missing under the field and send nothing', async () => {
    await open(WordsForm, 's-review-0', 'decline');
    await press('不予受理');
    expect(alerts()).toEqual(['请选一个原因，或者写下来']);
    expect(sent).toEqual([]);
  });

  it('refuse more than the server takes, counting what was ticked', async () => {
    await open(WordsForm, 's-review-0', 'decline');
    await press('已有相同民情在办');
    await write('原因', '长'.repeat(299));
    await press('不予受理');
    expect(alerts()).toEqual(['最多 300 字，请删短一些']);
    expect(sent).toEqual([]);
  });
});

describe('forms that change something', () => {
  it('an edit sends all parts, with the place as it is', async () => {
    await open(EditForm, 's-review-0', 'edit');
    await press('保存修改');
    expect(alerts()).toEqual(['文字还没有改动']);
    await write('标题', '迎宾大道红绿灯分时段配时');
    await press('保存修改');
    expect(sent[0]?.body).toMatchObject({
      title: '迎宾大道红绿灯分时段配时',
      suggestion: '按车流设置时长。',
      place: { text: '迎宾大道与环城南路交叉口', areaId: 'jindong', latitude: 29.1 },
    });
  });

  it('a correction sends only what changed; new words of a place come without the old point', async () => {
    await open(CorrectForm, 's-review-0', 'correct');
    await press('保存更正');
    expect(alerts()).toEqual(['类别和地点都还没有改']);
    await write('地点', '迎宾大道与李渔路交叉口');
    await press('保存更正');
    expect(sent[0]?.body).toEqual({
      place: { text: '迎宾大道与李渔路交叉口', areaId: 'jindong' },
      reason: '',
      seenVersion: 1,
    });
  });

  it('co-handlers are sent as they shall be', async () => {
    await open(CoUnitsForm, 's-watched-0', 'changeCoHandlers');
    await press('保存协办');
    expect(sent).toEqual([]);
    await press('移除 市综合行政执法局');
    await press('保存协办');
    expect(sent[0]?.body).toEqual({ coUnitIds: [] });
  });

  it('a ruling needs its kind and its words, and tells what follows', async () => {
    await open(ConcludeForm, 's-ruling-0', 'conclude');
    await press('裁定');
    expect(alerts()).toEqual(['请先选怎么裁定', '请写裁定意见']);
    await press('再交办一次');
    expect(page().textContent).toContain('一件民情只有一次');
    await write('裁定意见', '答复与事实不符');
    await press('裁定');
    expect(sent[0]?.body).toEqual({ ruling: 'dispatchAgain', text: '答复与事实不符' });
  });
});
