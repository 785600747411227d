import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refuse } from '../../tests/mock-api/answers.ts';
import { mockFetch } from '../../tests/mock-api/fetch.ts';
import { createMock, type Mock } from '../../tests/mock-api/mock.ts';
import { useSession } from '../stores/session.ts';
import { useReports } from './reports.ts';
import { emptyForm, type LocalReport, type ReportForm } from './types.ts';

const device = vi.hoisted(() => new Map<string, unknown>());
vi.mock('./memory.ts', () => ({
  reportShelf: {
    all: async () => [...device.values()],
    put: async (key: string, value: unknown) => void device.set(key, structuredClone(value)),
    drop: async (key: string) => void device.delete(key),
  },
}));

const ID = '11111111-1111-4111-8111-111111111111';
let mock: Mock;

function form(change: Partial<ReportForm> = {}): ReportForm {
  return {
    ...emptyForm(),
    title: '路灯不亮',
    situation: '北门三盏',
    place: { text: '古子城北门', areaId: null },
    ...change,
  };
}

beforeEach(() => {
  device.clear();
  mock = createMock();
  vi.stubGlobal('fetch', mockFetch(mock));
  setActivePinia(createPinia());
  useSession().me = mock.world.people.member!;
});
afterEach(() => vi.unstubAllGlobals());

const submits = () => mock.log.filter((one) => one.path.endsWith('/submit'));

describe('a report on the device', () => {
  it('is written down with its key before it is sent', async () => {
    let stored: LocalReport | undefined;
    mock.control.fail = (request) => {
      if (request.path.endsWith('/submit')) {
        stored = [...device.values()][0] as LocalReport;
      }
      return null;
    };
    await useReports().submit(ID, form(), false);
    expect(stored).toMatchObject({ state: 'queued', key: submits()[0]!.key });
    expect(device.size).toBe(0);
  });

  it('waits in the queue while the answer is lost, and goes under the same key later', async () => {
    const reports = useReports();
    mock.control.fail = () => ({ status: 503 });
    expect(await reports.submit(ID, form(), false)).toEqual({ queued: true });
    mock.control.fail = null;
    expect((await reports.flush()).map((view) => view.id)).toEqual([ID]);
    expect(new Set(submits().map((one) => one.key)).size).toBe(1);
    expect(reports.reports).toEqual([]);
  });

  it('survives a restart: what was queued is sent by the next visit', async () => {
    mock.control.fail = () => ({ status: 503 });
    await useReports().submit(ID, form(), false);
    const key = submits()[0]!.key;
    mock.control.fail = null;
    setActivePinia(createPinia());
    useSession().me = mock.world.people.member!;
    const next = useReports();
    await next.restore();
    await next.flush();
    expect(mock.world.mine[0]!.title).toBe('路灯不亮');
    expect(submits().at(-1)!.key).toBe(key);
  });

  it('is not shown to another person on the same device', async () => {
    await useReports().save(ID, form(), false);
    setActivePinia(createPinia());
    useSession().me = mock.world.people.newcomer!;
    const other = useReports();
    await other.restore();
    expect(other.reports).toEqual([]);
  });

  it('stays with its reason when the server refuses it', async () => {
    const reports = useReports();
    mock.control.fail = (request) =>
      request.path.endsWith('/submit') ? refuse(422, 'badInput', '地点写得太长') : null;
    expect(await reports.submit(ID, form(), false)).toMatchObject({ refused: { code: 'badInput' } });
    expect(reports.find(ID)).toMatchObject({ state: 'refused', problem: '地点写得太长' });
    expect(device.size).toBe(1);
  });

  it('is sent once however often it is asked for at the same time', async () => {
    const reports = useReports();
    mock.control.fail = () => ({ status: 503 });
    await reports.submit(ID, form(), false);
    mock.control.fail = null;
    const before = submits().length;
    await Promise.all([reports.flush(), reports.flush(), reports.flush()]);
    expect(submits().length - before).toBe(1);
  });

  it('brings its draft to the server, and what is typed here wins over an older device whose clock runs ahead', async () => {
    const reports = useReports();
    await reports.save(ID, form(), false);
    expect(await reports.sync(ID)).toBe(true);
    const ahead = Date.now() + 60_000;
    mock.world.drafts.set(ID, { ...mock.world.drafts.get(ID)!, counter: ahead, title: '别处的' });
    await reports.save(ID, form({ title: '这里的' }), false);
    expect(await reports.sync(ID)).toBe(false);
    expect(await reports.sync(ID)).toBe(true);
    expect(mock.world.drafts.get(ID)).toMatchObject({ title: '这里的', counter: ahead + 1 });
  });

  it('names its category and committee only when they were chosen', async () => {
    await useReports().submit(ID, form({ categoryId: 'city' }), false);
    expect(mock.world.cases.get(ID)!.content.title).toBe('路灯不亮');
    expect(device.size).toBe(0);
  });
});
