import { keyOf, PLACEHOLDER, type CardComponent, type CardTemplate } from './templates.ts';
import { isRecord, parseJson, text, type Raw } from './values.ts';

/** A component as one person sees it: texts resolved, invisible ones gone, flags as booleans, lists as arrays. */
export type RenderedComponent =
  | { kind: 'strip'; text: string; light: string; lightText: string }
  | { kind: 'title'; text: string; quiet: boolean }
  | { kind: 'text'; text: string; tone: string; maxLines: number }
  | { kind: 'fields' | 'images' | 'figures'; items: Raw[] }
  | { kind: 'divider'; text: string }
  | { kind: 'select'; name: string; placeholder: string; options: string[] }
  | { kind: 'input'; name: string; placeholder: string; maxLength: number; value: string }
  | { kind: 'stars'; actionId: string; value: number; caption: string; done: boolean }
  | {
      kind: 'button';
      actionId: string;
      text: string;
      style: string;
      inputs: string[];
      params: Record<string, string>;
      enabled: boolean;
    }
  | { kind: 'link'; text: string; url: string; style: string }
  | { kind: 'row'; items: RenderedComponent[] };

export type CardValues = Record<string, string>;

/**
 * What a card's variables are for one person: private variables come from the person's own data where it has them, all
 * others from the public data only, whatever the private data says.
 */
export function valuesFor(
  template: CardTemplate,
  publicData: CardValues,
  privateData: CardValues,
): CardValues {
  return Object.fromEntries(
    template.variables.map(({ key, private: own }) => {
      const value = own ? (privateData[key] ?? publicData[key]) : publicData[key];
      return [key, value ?? ''];
    }),
  );
}

/** Draws a template with these values. */
export function renderCard(template: CardTemplate, values: CardValues): RenderedComponent[] {
  return template.components.flatMap((component) => render(component, values));
}

/** A flag variable: true unless its value is empty or `false`; a leading `!` negates; no reference gives the default. */
function flagOf(reference: string | undefined, values: CardValues, missing: boolean): boolean {
  if (reference === undefined || reference === '') {
    return missing;
  }
  const negated = reference.startsWith('!');
  const value = values[keyOf(negated ? reference.slice(1) : reference)] ?? '';
  return (value !== '' && value !== 'false') !== negated;
}

function fill(template: string, values: CardValues): string {
  return template.replace(PLACEHOLDER, (_, key: string) => values[key] ?? '');
}

function rowsOf(reference: string, values: CardValues): Raw[] {
  const list = parseJson(values[keyOf(reference)] ?? '');
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

function render(component: CardComponent, values: CardValues): RenderedComponent[] {
  if (!flagOf(component.visible, values, true)) {
    return [];
  }
  switch (component.kind) {
    case 'strip': {
      const light = values[keyOf(component.light)] ?? component.light;
      return [
        {
          kind: 'strip',
          text: fill(component.text, values),
          light,
          lightText: fill(component.lightText, values),
        },
      ];
    }
    case 'title':
      return [
        { kind: 'title', text: fill(component.text, values), quiet: flagOf(component.quiet, values, false) },
      ];
    case 'text':
      return [
        {
          kind: 'text',
          text: fill(component.text, values),
          tone: component.tone ?? 'normal',
          maxLines: component.maxLines ?? 0,
        },
      ];
    case 'fields':
    case 'images':
    case 'figures':
      return [{ kind: component.kind, items: rowsOf(component.list, values) }];
    case 'divider':
      return [{ kind: 'divider', text: fill(component.text ?? '', values) }];
    case 'select':
      return [
        {
          kind: 'select',
          name: component.name,
          placeholder: fill(component.placeholder ?? '', values),
          options: component.options,
        },
      ];
    case 'input':
      return [
        {
          kind: 'input',
          name: component.name,
          placeholder: fill(component.placeholder ?? '', values),
          maxLength: component.maxLength,
          value: fill(component.value ?? '', values),
        },
      ];
    case 'stars':
      return [
        {
          kind: 'stars',
          actionId: component.actionId,
          value: Number(values[keyOf(component.value)] ?? '') || 0,
          caption: fill(component.caption ?? '', values),
          done: flagOf(component.done, values, false),
        },
      ];
    case 'button':
      return [renderButton(component, values)];
    case 'link':
      return [
        {
          kind: 'link',
          text: fill(component.text, values),
          url: fill(component.url, values),
          style: component.style,
        },
      ];
    case 'row':
      return [{ kind: 'row', items: component.items.flatMap((item) => render(item, values)) }];
  }
}

function renderButton(component: CardComponent & { kind: 'button' }, values: CardValues): RenderedComponent {
  const params = Object.entries(component.params ?? {}).map(
    ([name, value]) => [name, fill(text(value), values)] as const,
  );
  return {
    kind: 'button',
    actionId: component.actionId,
    text: fill(component.text, values),
    style: component.style,
    inputs: component.inputs ?? [],
    params: Object.fromEntries(params),
    enabled: flagOf(component.enabled, values, true),
  };
}

/** Every component, those inside rows too. */
export function flatten(components: readonly RenderedComponent[]): RenderedComponent[] {
  return components.flatMap((component) =>
    component.kind === 'row' ? flatten(component.items) : [component],
  );
}
