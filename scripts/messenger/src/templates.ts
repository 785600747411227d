import type { Kept } from './keeping.ts';
import { isRecord, strings, text, type Raw } from './values.ts';

/** A variable of a card template. Only private ones may differ from person to person. */
export interface TemplateVariable {
  key: string;
  label: string;
  type: 'text' | 'flag' | 'list';
  private: boolean;
  sample: string;
}

interface Shown {
  /** A variable's key; the component is there while the value is neither empty nor `false`. A leading `!` negates. */
  visible?: string;
}

export type CardComponent = Shown &
  (
    | { kind: 'strip'; text: string; light: string; lightText: string }
    | { kind: 'title'; text: string; quiet?: string }
    | { kind: 'text'; text: string; tone?: string; maxLines?: number }
    | { kind: 'fields' | 'images' | 'figures'; list: string }
    | { kind: 'divider'; text?: string }
    | { kind: 'select'; name: string; placeholder: string; options: string[] }
    | { kind: 'input'; name: string; placeholder: string; maxLength: number; value?: string }
    | { kind: 'stars'; actionId: string; value: string; caption: string; done?: string }
    | {
        kind: 'button';
        actionId: string;
        text: string;
        style: string;
        inputs?: string[];
        params?: Record<string, string>;
        enabled?: string;
      }
    | { kind: 'link'; text: string; url: string; style: string }
    | { kind: 'row'; items: CardComponent[] }
  );

/** A published template: the stand-in for the platform's card builder. */
export interface CardTemplate {
  id: string;
  name: string;
  variables: TemplateVariable[];
  components: CardComponent[];
}

export interface Templates extends Kept {
  /** Publishes or replaces one; a sentence says what is wrong with it. */
  put(id: string, input: unknown): CardTemplate | string;
  find(id: string): CardTemplate | undefined;
  list(): CardTemplate[];
}

/** What each kind of component must have as text. */
const REQUIRED: Record<CardComponent['kind'], readonly string[]> = {
  strip: ['text'],
  title: ['text'],
  text: ['text'],
  fields: ['list'],
  images: ['list'],
  figures: ['list'],
  divider: [],
  select: ['name'],
  input: ['name'],
  stars: ['actionId', 'value'],
  button: ['actionId', 'text'],
  link: ['text', 'url'],
  row: [],
};

export function createTemplates(): Templates {
  let templates = new Map<string, CardTemplate>();
  return {
    put(id, input) {
      const template = readTemplate(id, input);
      if (typeof template !== 'string') {
        templates.set(id, template);
      }
      return template;
    },
    find: (id) => templates.get(id),
    list: () => [...templates.values()],
    dump: () => templates,
    load(state) {
      templates = state as typeof templates;
    },
  };
}

function readTemplate(id: string, input: unknown): CardTemplate | string {
  if (!isRecord(input) || !Array.isArray(input.variables) || !Array.isArray(input.components)) {
    return '模板要有 variables 和 components 两个数组';
  }
  if (input.id !== undefined && input.id !== id) {
    return `模板自己的 id ${text(input.id)} 与地址里的 ${id} 不同`;
  }
  const variables: TemplateVariable[] = [];
  for (const raw of input.variables as unknown[]) {
    if (!isRecord(raw) || text(raw.key) === '') {
      return '每个变量都要有 key';
    }
    if (raw.type !== 'text' && raw.type !== 'flag' && raw.type !== 'list') {
      return `变量 ${text(raw.key)} 的 type 应是 text、flag 或 list`;
    }
    variables.push({
      key: text(raw.key),
      label: text(raw.label),
      type: raw.type,
      private: raw.private === true,
      sample: text(raw.sample),
    });
  }
  const problem = componentProblem(input.components, new Set(variables.map((variable) => variable.key)));
  return (
    problem ?? { id, name: text(input.name), variables, components: input.components as CardComponent[] }
  );
}

function componentProblem(components: unknown[], keys: ReadonlySet<string>): string | null {
  for (const raw of components) {
    const kind = isRecord(raw) ? text(raw.kind) : '';
    const required = REQUIRED[kind as CardComponent['kind']];
    if (!isRecord(raw) || required === undefined) {
      return `不认识的组件 ${kind}`;
    }
    const missing = required.find((name) => text(raw[name]) === '');
    if (missing !== undefined) {
      return `组件 ${kind} 缺 ${missing}`;
    }
    const unknown = usedVariables(raw).find((key) => !keys.has(key));
    if (unknown !== undefined) {
      return `组件 ${kind} 用了没有声明的变量 ${unknown}`;
    }
    const inner = kind === 'row' ? componentProblem(Array.isArray(raw.items) ? raw.items : [], keys) : null;
    if (inner !== null) {
      return inner;
    }
  }
  return null;
}

/** Keys of the variables a component refers to, in its conditions, lists and `{{placeholders}}`. */
function usedVariables(raw: Raw): string[] {
  const conditions = ['visible', 'quiet', 'done', 'enabled'].map((name) => text(raw[name]).replace(/^!/, ''));
  const bare = [...conditions, ...(raw.kind === 'stars' ? [text(raw.value)] : []), text(raw.list)];
  const texts = [raw.text, raw.lightText, raw.caption, raw.url, raw.placeholder, raw.value].map(text);
  const params = isRecord(raw.params) ? Object.values(raw.params).map(text) : [];
  const placeholders = [...texts, ...params].flatMap((value) =>
    [...value.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''),
  );
  return [...bare.map(keyOf), ...placeholders].filter((key) => key !== '');
}

/** `{{ key }}`: where a variable's value goes into a text. */
export const PLACEHOLDER = /\{\{\s*([\w.-]+)\s*\}\}/g;

/** A variable's key, whether it was written bare or as a placeholder. */
export function keyOf(reference: string): string {
  return reference.replace(/^\{\{\s*([\w.-]+)\s*\}\}$/, '$1');
}

/** The ids of everything on a card that can be pressed. */
export function actionIdsOf(components: readonly CardComponent[]): string[] {
  return components.flatMap((component) => {
    if (component.kind === 'row') {
      return actionIdsOf(component.items);
    }
    return component.kind === 'button' || component.kind === 'stars' ? [component.actionId] : [];
  });
}

/** The names of a template's inputs and selects. */
export function inputNamesOf(components: readonly CardComponent[]): string[] {
  return components.flatMap((component) => {
    if (component.kind === 'row') {
      return inputNamesOf(component.items);
    }
    return component.kind === 'input' || component.kind === 'select' ? strings([component.name]) : [];
  });
}
