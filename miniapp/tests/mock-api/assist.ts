import type { SimilarCase, Suggestions, UnitRef } from '@minqing/shared/contract';
import { similarCases, suggestions } from '@minqing/shared/contract';
import type { MockAnswer, MockRequest } from './answers.ts';
import { ENFORCEMENT, TRAFFIC } from './people.ts';

/** Like cases and suggestions, as the server would have found them. Tests change them freely. */
export interface AssistWorld {
  /** What is like a report by a word of its title. */
  similar: Map<string, SimilarCase[]>;
  /** What is like a case, by its id. */
  beside: Map<string, SimilarCase[]>;
  suggestions: Map<string, Suggestions>;
}

const alike = (id: string, change: Partial<SimilarCase> = {}): SimilarCase => ({
  id,
  title: '迎宾大道东行左转排队过长',
  category: '交通出行',
  place: '金东区 迎宾大道与环城南路交叉口',
  stateLabel: '办理中',
  score: 0.82,
  reasons: [
    { kind: 'place', text: '同地点，相距 120 米' },
    { kind: 'category', text: '同类别' },
    { kind: 'words', text: '都说到「迎宾大道」「红绿灯」' },
  ],
  mine: false,
  supported: false,
  maySupport: false,
  mayMerge: false,
  ...change,
});

const TRANSPORT: UnitRef = { id: 'transport', name: '市交通运输局', shortName: '交通局' };

export function createAssistWorld(): AssistWorld {
  const other = { title: '环城南路口行人过街时间太短', score: 0.58, stateLabel: '待交办' };
  const worded = [{ kind: 'words' as const, text: '都说到「路口」' }];
  return {
    similar: new Map([
      [
        '红绿灯',
        [alike('c-near', { maySupport: true }), alike('c-1', { ...other, reasons: worded, mine: true })],
      ],
    ]),
    beside: new Map([
      [
        's-review-0',
        [alike('s-watched-0', { mayMerge: true }), alike('s-dispatch-0', { ...other, reasons: worded })],
      ],
    ]),
    suggestions: new Map([
      [
        's-dispatch-0',
        {
          units: [
            {
              unit: TRAFFIC,
              reasons: [
                { kind: 'word', text: '过去 46 件「红绿灯」的民情里，41 件由交警支队主办' },
                { kind: 'duty', text: '派单目录里有「信号灯」' },
              ],
              load: { open: 14, overdue: 0, text: '手上 14 件，无超期' },
              belief: 0.93,
            },
            {
              unit: TRANSPORT,
              reasons: [{ kind: 'category', text: '过去 120 件交通出行类民情里，22 件由交通局主办' }],
              load: { open: 5, overdue: 2, text: '手上 5 件，2 件超期' },
              belief: 0.05,
            },
            {
              unit: ENFORCEMENT,
              reasons: [{ kind: 'cases', text: '主办过 63 件' }],
              load: { open: 0, overdue: 0, text: '手上没有在办的' },
              belief: 0.04,
            },
          ],
          category: null,
        },
      ],
      [
        's-review-0',
        {
          units: [],
          category: {
            id: 'city',
            name: '城市管理',
            reasons: [{ kind: 'word', text: '过去 12 件「配时」的民情里，9 件归「城市管理」' }],
            belief: 0.7,
          },
        },
      ],
    ]),
  };
}

/** Answers what belongs here; null for anything else. Every answer is what the contract says. */
export function answerAssist(world: AssistWorld, request: MockRequest, path: string): MockAnswer | null {
  if (request.method !== 'GET') {
    return null;
  }
  if (path === '/similar') {
    const title = new URLSearchParams(request.path.split('?')[1]).get('title') ?? '';
    const items = [...world.similar].find(([word]) => title.includes(word))?.[1] ?? [];
    return { status: 200, body: similarCases.parse({ items }) };
  }
  const [, caseId = '', what] = path.match(/^\/cases\/([^/]+)\/(similar|suggestions)$/) ?? [];
  if (what === 'similar') {
    return { status: 200, body: similarCases.parse({ items: world.beside.get(caseId) ?? [] }) };
  }
  if (what === 'suggestions') {
    return {
      status: 200,
      body: suggestions.parse(world.suggestions.get(caseId) ?? { units: [], category: null }),
    };
  }
  return null;
}
