import { describe, expect, it } from 'vitest';
import { renderCard, valuesFor } from './card-render.ts';
import { chinaDay, chinaIso, createClock } from './clock.ts';
import { isLocalName, optionsFromEnvironment, resolveConfig } from './config.ts';
import { loadDirectory } from './directory.ts';
import { createEventBus } from './events.ts';
import { createFaults } from './faults.ts';
import { phoneName, phoneOfHost } from './phones.ts';
import { createRates } from './rates.ts';
import { createTemplates, type CardTemplate } from './templates.ts';
import { signedUrl } from './tokens.ts';

describe('business time', () => {
  it('runs with the machine, jumps forwards and never back', () => {
    let machine = 1_000;
    const clock = createClock(50_000, () => machine);
    expect(clock.now()).toBe(50_000);
    machine += 10;
    expect(clock.now()).toBe(50_010);
    expect(clock.moveTo(60_000)).toBe(true);
    machine += 5;
    expect(clock.now()).toBe(60_005);
    expect(clock.moveTo(60_004)).toBe(false);
    expect(clock.now()).toBe(60_005);
    clock.reset();
    expect(clock.now()).toBe(50_000);
    expect(clock.machineNow()).toBe(1_015);
  });

  it('counts days in China', () => {
    const lateEvening = Date.parse('2026-07-06T23:59:59+08:00');
    expect(chinaDay(lateEvening + 1000)).toBe(chinaDay(lateEvening) + 1);
    expect(chinaIso(lateEvening)).toBe('2026-07-06T23:59:59.000+08:00');
  });
});

describe('a budget', () => {
  it('is a sliding second, apart for every operation, and refused calls cost nothing', () => {
    let machine = 0;
    const rates = createRates(2, { other: 1 }, () => machine);
    expect([rates.take('a'), rates.take('a'), rates.take('a')]).toEqual([true, true, false]);
    expect([rates.take('other'), rates.take('other')]).toEqual([true, false]);
    machine = 999;
    expect(rates.take('a')).toBe(false);
    machine = 1000;
    expect([rates.take('a'), rates.take('a'), rates.take('a')]).toEqual([true, true, false]);
  });
});

describe('a fault', () => {
  it('strikes what it aims at, with its probability, as often as asked, until its time is over', () => {
    let machine = 0;
    let dice = 0.5;
    const faults = createFaults(
      createEventBus(),
      () => machine,
      () => dice,
    );
    faults.add({ kind: 'error', operations: ['card.'], probability: 0.4, count: 1 });
    faults.add({ kind: 'latency', forMs: 100 });
    expect(faults.strike('error', 'card.update')).toBeUndefined();
    dice = 0.3;
    expect(faults.strike('error', 'notice.send')).toBeUndefined();
    expect(faults.strike('error', 'card.update')).toBeDefined();
    expect(faults.strike('error', 'card.update')).toBeUndefined();
    expect(faults.list()).toHaveLength(1);
    machine = 100;
    expect(faults.strike('latency', 'x')).toBeUndefined();
    expect(faults.list()).toEqual([]);
  });
});

describe('names', () => {
  it.each([
    ['127.0.0.1:5171', true],
    ['localhost', true],
    ['p1.minqing.localhost:5171', true],
    ['[::1]:5171', true],
    ['localhost.example.org', false],
    ['127.0.0.1.example.org', false],
    ['10.0.0.1', false],
  ])('%s is local: %s', (host, local) => {
    expect(isLocalName(host)).toBe(local);
  });

  it.each([
    ['p1.minqing.localhost:5171', 'p1'],
    ['PC12.minqing.localhost', 'pc12'],
    ['desk.minqing.localhost', undefined],
    ['p1.example.org', undefined],
    ['127.0.0.1', undefined],
  ])('%s belongs to %s', (host, phone) => {
    expect(phoneOfHost(host)).toBe(phone);
  });

  it('of phones may leave the p out', () => {
    expect(['1', 'p1', 'pc2', 'x', ''].map(phoneName)).toEqual(['p1', 'p1', 'pc2', undefined, undefined]);
  });
});

describe('options', () => {
  it('come from the environment, and a bad one is named', () => {
    expect(optionsFromEnvironment({ MESSENGER_PORT: '0', APP_URL: 'http://127.0.0.1:1/' })).toMatchObject({
      port: 0,
    });
    expect(() => optionsFromEnvironment({ MESSENGER_PORT: 'x' })).toThrow(/MESSENGER_PORT/);
    expect(resolveConfig({ appUrl: 'http://127.0.0.1:1/' }).appUrl).toBe('http://127.0.0.1:1');
    expect(() => resolveConfig({ appUrl: 'nowhere' })).toThrow(/appUrl/);
    expect(() => resolveConfig({ startAt: 'soon' })).toThrow(/startAt/);
    expect(() => resolveConfig({ deadlineUrl: 'https://example.org/' })).toThrow(/deadlineUrl/);
  });
});

describe('a directory', () => {
  const root = { id: 1, parentId: null, name: '根' };
  const one = {
    id: 'a',
    userid: 'a',
    unionid: 'a',
    name: '甲',
    mobile: '1',
    title: '',
    departmentIds: [1],
    roles: [],
    unit: '',
    area: '',
    host: 'dingtalk' as const,
  };

  it('must hold together', () => {
    const file = { corpId: 'c', departments: [root], people: [one] };
    expect(loadDirectory(file)).toBe(file);
    expect(() => loadDirectory({ ...file, departments: [] })).toThrow(/root/);
    expect(() => loadDirectory({ ...file, departments: [root, { id: 2, parentId: 9, name: '乙' }] })).toThrow(
      /parent/,
    );
    expect(() => loadDirectory({ ...file, people: [one, { ...one, id: 'b' }] })).toThrow(/userid/);
    expect(() => loadDirectory({ ...file, people: [{ ...one, departmentIds: [7] }] })).toThrow(/department/);
  });
});

describe('a signed address', () => {
  it('has no fragment and its query decoded once', () => {
    expect(signedUrl('http://a.localhost:1/x?a=%E9%87%91%2525#/b')).toBe('http://a.localhost:1/x?a=金%25');
    expect(signedUrl('http://a.localhost:1/#/b')).toBe('http://a.localhost:1/');
  });
});

describe('drawing a card', () => {
  const template: CardTemplate = {
    id: 't',
    name: 't',
    variables: [
      { key: 'light', label: '', type: 'text', private: false, sample: '' },
      { key: 'rows', label: '', type: 'list', private: false, sample: '' },
      { key: 'off', label: '', type: 'flag', private: false, sample: '' },
      { key: 'mine', label: '', type: 'text', private: true, sample: '' },
    ],
    components: [
      { kind: 'strip', text: '新交办', light: 'light', lightText: '{{ light }}' },
      { kind: 'fields', list: 'rows' },
      {
        kind: 'button',
        actionId: 'a',
        text: '办',
        style: 'primary',
        enabled: '!off',
        params: { who: '{{mine}}' },
      },
      { kind: 'text', text: '只在关着时', visible: 'off' },
    ],
  };

  it('resolves texts, lists, flags and conditions; what is missing is empty', () => {
    const rows = JSON.stringify([{ label: '时限', value: '周四' }]);
    const values = valuesFor(
      template,
      { light: 'amber', rows, off: 'false', other: 'x' },
      { mine: '我', light: 'red' },
    );
    expect(renderCard(template, values)).toEqual([
      { kind: 'strip', text: '新交办', light: 'amber', lightText: 'amber' },
      { kind: 'fields', items: [{ label: '时限', value: '周四' }] },
      {
        kind: 'button',
        actionId: 'a',
        text: '办',
        style: 'primary',
        inputs: [],
        params: { who: '我' },
        enabled: true,
      },
    ]);
    const closed = renderCard(template, valuesFor(template, { rows: 'not json', off: 'true' }, {}));
    expect(closed).toMatchObject([
      { light: '' },
      { items: [] },
      { enabled: false, params: { who: '' } },
      { text: '只在关着时' },
    ]);
  });

  it.each([
    [{ variables: [] }, /components/],
    [{ variables: [{ key: 'a', type: 'number' }], components: [] }, /type/],
    [{ variables: [], components: [{ kind: 'poster' }] }, /poster/],
    [{ variables: [], components: [{ kind: 'button', text: 'a' }] }, /actionId/],
    [{ variables: [], components: [{ kind: 'row', items: [{ kind: 'text', text: '{{x}}' }] }] }, /x/],
    [{ variables: [], components: [{ kind: 'title', text: 'a', visible: '!x' }] }, /x/],
    [{ id: 'other', variables: [], components: [] }, /other/],
  ])('a template %j is refused with its reason', (input, reason) => {
    expect(createTemplates().put('t', input)).toMatch(reason);
  });
});
