import type {
  AreaTree,
  CategoriesAdmin,
  CategoryValue,
  ChangeView,
  DispatchAdmin,
  PhrasesAdmin,
  ReasonsAdmin,
  TextsAdmin,
} from '@minqing/shared/contract';
import {
  areaTree,
  categoriesAdmin,
  categoryValue,
  dispatchAdmin,
  phrasesAdmin,
  reasonsAdmin,
  textsAdmin,
} from '@minqing/shared/contract';
import type { ZodType } from 'zod';
import { refuse, type MockAnswer, type MockRequest } from './answers.ts';
import { CATEGORIES } from './catalogue.ts';
import { createTexts, previewOf } from './texts.ts';
import { COMMITTEE, ENFORCEMENT, OFFICE, TRAFFIC } from './people.ts';

/** What 管理 holds in the mock: no rules beyond what the screens need. */
export interface AdminWorld {
  areas: AreaTree;
  categories: CategoriesAdmin;
  reasons: ReasonsAdmin;
  phrases: PhrasesAdmin;
  dispatch: DispatchAdmin;
  texts: TextsAdmin;
}

const CITY = { id: 'jinhua', name: '金华市' };
const PROVINCE = { id: 'zhejiang', name: '浙江省' };
const own = { from: CITY, own: true };
const above = { from: PROVINCE, own: false, seen: null };
const brought = { from: null, own: false, seen: null };

function area(
  id: string,
  name: string,
  parentId: string | null,
  change: Partial<AreaTree['items'][number]> = {},
): AreaTree['items'][number] {
  return {
    id,
    name,
    tier: parentId ? 'county' : 'city',
    tierLabel: parentId ? '县（市、区）' : '市',
    parentId,
    committee: parentId ? null : COMMITTEE,
    dispatchOffice: OFFICE,
    units: 12,
    prefix: 'JH',
    borrowed: parentId !== null,
    warnings: [],
    removable: false,
    ...change,
  };
}

export function createAdminWorld(): AdminWorld {
  return {
    areas: {
      items: [
        area('jinhua', '金华市', null),
        area('wucheng', '婺城区', 'jinhua', { prefix: 'WC', warnings: ['没有政协，提交的民情由上级政协收'] }),
      ],
    },
    categories: {
      items: CATEGORIES.map((one) => ({ ...structuredClone(one), ...brought, active: true, added: false })),
      order: { own: false, seen: null },
      changes: [],
    },
    reasons: {
      items: [
        {
          id: 'return',
          label: '退回补充',
          who: '办这一步的人',
          ...brought,
          reasons: ['请补充具体地点', '请补充照片或数据'],
        },
        {
          id: 'transferBack',
          label: '退回改派',
          who: '办这一步的人',
          ...above,
          reasons: ['不属于本单位职责'],
        },
        {
          id: 'rate.1',
          label: '1 星 · 非常不满意',
          who: '评价的委员',
          ...brought,
          reasons: ['问题还在', '没到现场'],
        },
      ],
      changes: [],
    },
    phrases: {
      items: [
        { id: 'a1', ...own, seen: 'c1', text: '感谢您对金华工作的关心和支持。', unit: null },
        { id: 'u1', ...own, seen: 'c2', text: '已安排民警到现场勘查。', unit: TRAFFIC },
        { id: 'z1', ...above, text: '如有疑问请拨打 12345。', unit: null },
      ],
      changes: [],
    },
    texts: createTexts(),
    dispatch: {
      items: [
        {
          id: 'd1',
          ...own,
          seen: 'c3',
          categoryId: 'traffic',
          category: '交通出行',
          keywords: ['红绿灯', '配时'],
          place: null,
          unit: TRAFFIC,
          basis: '道路交通安全法第 5 条：公安机关交通管理部门负责道路交通安全管理',
          fault: '',
        },
        {
          id: 'd2',
          ...own,
          seen: 'c4',
          categoryId: 'city',
          category: '城市管理',
          keywords: ['占道', '摊位'],
          place: { id: 'wucheng', name: '婺城区' },
          unit: { id: 'gone', name: '婺城区城管局', shortName: '婺城城管' },
          basis: '三定方案：负责市容秩序管理',
          fault: '单位已撤销，请改成接手的单位',
        },
        {
          id: 'd3',
          ...above,
          categoryId: 'environment',
          category: '生态环境',
          keywords: [],
          place: null,
          unit: ENFORCEMENT,
          basis: '浙江省生态环境保护条例',
          fault: '',
        },
      ],
      changes: [],
    },
  };
}

const bodyOf = (request: MockRequest): Record<string, unknown> =>
  JSON.parse(new TextDecoder().decode(request.body) || '{}') as Record<string, unknown>;
const fine = (schema: ZodType, body: unknown): MockAnswer => ({ status: 200, body: schema.parse(body) });
let made = 0;
const change = (what: string): ChangeView => ({
  id: `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`,
  what,
  who: '黄志强',
  atText: '今天 14:40',
  undone: false,
});

interface Kept {
  id: string;
  from: { id: string; name: string } | null;
  own: boolean;
  seen: string | null;
}
/** Puts the value into the list as this city's own. */
function put<T extends Kept>(
  page: { items: T[]; changes: ChangeView[] },
  id: string,
  value: object,
  fresh: object,
): void {
  const at = page.items.findIndex((one) => one.id === id);
  const kept = {
    ...(page.items[at] ?? { id, ...fresh }),
    ...value,
    ...own,
    seen: `s${(made += 1)}`,
  } as unknown as T;
  page.items.splice(at < 0 ? page.items.length : at, at < 0 ? 0 : 1, kept);
  page.changes.unshift(change(at < 0 ? '新增了一项' : '修改了一项'));
}

const UNITS = [TRAFFIC, ENFORCEMENT];

/** The answer of the part of the API under /admin; null for an address that is not here. */
export function answerAdmin(admin: AdminWorld, request: MockRequest, path: string): MockAnswer | null {
  const [, page = '', id = ''] = /^\/admin\/([\w-]+)(?:\/([\w.-]+))?/.exec(path) ?? [];
  if (request.method === 'GET') {
    const pages: Record<string, () => MockAnswer> = {
      areas: () => fine(areaTree, admin.areas),
      categories: () =>
        path.endsWith('/uses')
          ? { status: 200, body: { open: 3, text: '3 件在办的民情属于这一类，它们照旧办，名称不变。' } }
          : fine(categoriesAdmin, admin.categories),
      reasons: () => fine(reasonsAdmin, admin.reasons),
      phrases: () => fine(phrasesAdmin, admin.phrases),
      texts: () => fine(textsAdmin, admin.texts),
      'dispatch-entries': () => fine(dispatchAdmin, admin.dispatch),
    };
    return pages[page]?.() ?? null;
  }
  if (page === 'areas') {
    return changeAreas(admin.areas, request, id);
  }
  const { value = {}, unitId } = bodyOf(request) as { value?: Record<string, unknown>; unitId?: string };
  if (request.method === 'PUT') {
    return save(admin, page, id, value, unitId);
  }
  const lists = [admin.categories, admin.reasons, admin.phrases, admin.dispatch, admin.texts];
  const text = admin.texts.items.find((one) => one.id === id);
  if (text && path.endsWith('/preview')) {
    const answer = previewOf(text, bodyOf(request).words as Record<string, string>);
    return 'channels' in answer
      ? { status: 200, body: answer }
      : refuse(400, 'invalidInput', '有内容需要修改，请看标出的地方', { errors: [answer] });
  }
  if (request.method === 'POST') {
    const found = lists.flatMap((one) => one.changes).find((one) => one.id === id);
    if (found) {
      found.undone = true;
    }
    return { status: 200, body: {} };
  }
  for (const list of lists) {
    list.items = list.items.filter((one) => one.id !== id) as never;
  }
  return { status: 200, body: {} };
}

function changeAreas(areas: AreaTree, request: MockRequest, id: string): MockAnswer {
  const wanted = bodyOf(request) as { code: string; name: string; prefix: string; parentId: string };
  if (request.method === 'POST') {
    if (!/^\d{6}$/.test(wanted.code)) {
      return refuse(400, 'invalidInput', '有内容需要修改，请看标出的地方', {
        errors: [{ path: 'code', message: '代码是 6 位数字' }],
      });
    }
    const { code, name, prefix, parentId } = wanted;
    areas.items.push(area(code, name, parentId, { prefix, units: 0, removable: true }));
    return { status: 200, body: { id: code } };
  }
  if (request.method === 'DELETE') {
    areas.items = areas.items.filter((one) => one.id !== id);
  } else {
    const found = areas.items.find((one) => one.id === id);
    Object.assign(found ?? {}, { name: wanted.name, prefix: wanted.prefix });
  }
  return { status: 200, body: {} };
}

function save(
  admin: AdminWorld,
  page: string,
  id: string,
  value: Record<string, unknown>,
  unitId?: string,
): MockAnswer | null {
  switch (page) {
    case 'categories': {
      const parsed = categoryValue.safeParse(value);
      if (!parsed.success) {
        const errors = parsed.error.issues.map((i) => ({
          path: ['value', ...i.path].join('.'),
          message: i.message,
        }));
        return refuse(400, 'invalidInput', '有内容需要修改，请看标出的地方', { errors });
      }
      put(admin.categories, id, value as CategoryValue, { active: true, added: true });
      break;
    }
    case 'category-orders': {
      const ids = value.ids as string[];
      admin.categories.items.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
      break;
    }
    case 'texts': {
      const words = value.words as Record<string, string>;
      const text = admin.texts.items.find((one) => one.id === id);
      const fields = text?.fields.map((one) => ({ ...one, words: words[one.key] ?? '' }));
      put(admin.texts, id, { fields }, {});
      break;
    }
    case 'reasons':
      put(admin.reasons, id, value, {});
      break;
    case 'phrases':
      put(admin.phrases, id, value, { unit: UNITS.find((one) => one.id === unitId) ?? null });
      break;
    case 'dispatch-entries': {
      const unit = UNITS.find((one) => one.id === value.unitId) ?? TRAFFIC;
      const category = CATEGORIES.find((one) => one.id === value.categoryId)?.name ?? '';
      put(admin.dispatch, id, { ...value, unit, category, place: null, fault: '' }, {});
      break;
    }
    default:
      return null;
  }
  return { status: 200, body: {} };
}
