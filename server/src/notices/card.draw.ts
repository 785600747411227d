/** A template with its data, as a person sees it: for the preview, from the very data a host would get. */
import type { DrawnPart } from '@minqing/shared/contract';
import { GRADES, LIGHTS, type LightName } from '@minqing/shared/words';
import type { CardComponent, CardTemplate } from './card-templates.ts';

type Data = Readonly<Record<string, string>>;

const PLACEHOLDER = /\{\{(\w+)\}\}/g;
const put = (text: string, data: Data): string =>
  text.replaceAll(PLACEHOLDER, (_all, key: string) => data[key] ?? '');
const is = (reference: string, data: Data): boolean => {
  const value = data[reference.replace(/^!/, '')] ?? '';
  return (value !== '' && value !== 'false') !== reference.startsWith('!');
};
const rows = (text: string): Record<string, unknown>[] =>
  text === '' ? [] : (JSON.parse(text) as Record<string, unknown>[]);

const LIGHT_TONES: Readonly<Record<string, DrawnPart['tone']>> = {
  green: 'green',
  amber: 'amber',
  red: 'red',
  grey: 'grey',
};
const TEXT_TONES = { normal: 'normal', quiet: 'quiet', strong: 'strong', danger: 'red' } as const;
const STYLES = { primary: 'primary', soft: 'soft', quiet: 'quiet' } as const;

const part = (
  kind: DrawnPart['kind'],
  text: string,
  tone: DrawnPart['tone'] = 'normal',
  beside = '',
): DrawnPart => ({ kind, text, tone, beside });

/** 「◐ 临近」: a light is a shape and a word. */
function lightWords(light: string, word: string): string {
  const shape = Object.hasOwn(LIGHTS, light) ? LIGHTS[light as LightName].shape : light === 'grey' ? '●' : '';
  return [shape, word].filter(Boolean).join(' ');
}

function draw(component: CardComponent, data: Data): DrawnPart[] {
  if (component.visible !== undefined && !is(component.visible, data)) {
    return [];
  }
  switch (component.kind) {
    case 'strip': {
      const light = put(component.light, data);
      return [
        part(
          'strip',
          put(component.text, data),
          LIGHT_TONES[light] ?? 'normal',
          lightWords(light, put(component.lightText, data)),
        ),
      ];
    }
    case 'title':
      return [
        part('title', put(component.text, data), is(component.quiet ?? 'none', data) ? 'quiet' : 'strong'),
      ];
    case 'text':
      return [part('text', put(component.text, data), TEXT_TONES[component.tone ?? 'normal'])];
    case 'fields':
      return rows(data[component.list] ?? '').map((row) =>
        part('field', String(row.value), row.strong ? 'strong' : 'normal', String(row.label)),
      );
    case 'figures':
      return rows(data[component.list] ?? '').map((row) =>
        part('figures', String(row.value), 'strong', String(row.label)),
      );
    case 'input':
    case 'select':
      return [part('input', component.placeholder, 'quiet')];
    case 'stars':
      return [
        part(
          'stars',
          put(component.value, data),
          'normal',
          put(component.caption, data) || (GRADES[0] ?? ''),
        ),
      ];
    case 'button':
      return [part('button', put(component.text, data), STYLES[component.style])];
    case 'link':
      return [
        part(
          component.style === 'quiet' ? 'link' : 'button',
          put(component.text, data),
          STYLES[component.style],
        ),
      ];
    case 'row':
      return component.items.flatMap((item) => draw(item, data));
    case 'divider':
      return component.text ? [part('text', put(component.text, data), 'quiet')] : [];
    case 'images':
      return [];
  }
}

/** What a person sees of the card, top to bottom; photos are left out. */
export function drawCard(template: CardTemplate, publicData: Data, privateData: Data): DrawnPart[] {
  const data = { ...publicData, ...privateData };
  return template.components.flatMap((component) => draw(component, data)).filter((one) => one.text !== '');
}
