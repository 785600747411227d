/** What differs from place to place: what forms offer, and the pages of 管理 where it is set. */
import {
  categoriesAdmin,
  categoryView,
  dispatchAdmin,
  phrasesAdmin,
  phraseView,
  reasonsAdmin,
  textPreview,
  textsAdmin,
  useView,
} from '@minqing/shared/contract';
import { z } from 'zod';
import { KINDS, type CatalogueKind } from '../../catalogue/index.ts';
import type { HttpDeps } from '../deps.ts';
import { changing, signedOn } from './factories.ts';

const itemId = z.string().regex(/^[\w.-]{1,64}$/, '编号格式不对');
const areaId = z.string().min(1).max(64).describe('An area I administer');
const seen = z.string().max(64).describe('Of the setting as it was read; refused when it changed since');
const done = z.object({});

/** Where each kind of setting stands under /api/admin. */
const PATHS: Record<CatalogueKind, string> = {
  category: 'categories',
  categoryOrder: 'category-orders',
  reasons: 'reasons',
  phrase: 'phrases',
  dispatch: 'dispatch-entries',
  text: 'texts',
};
const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

export function catalogueEndpoints({ catalogue, texts }: HttpDeps) {
  const categories = signedOn.build({
    tag: 'reference',
    summary: 'Categories to report under, with their notices and questions',
    description:
      'Those of the area whose committee would receive the report; of my own area without a place.',
    operationId: 'categories',
    input: z.object({
      place: z.string().max(64).optional().describe('Area of the matter'),
      committee: z.string().max(64).optional().describe('The committee the author chose'),
    }),
    output: z.object({ items: z.array(categoryView) }),
    handler: async ({ input, ctx }) => ({
      items: catalogue.categoriesFor(ctx.identity.actor, input.place ?? null, input.committee),
    }),
  });

  const phrases = signedOn.build({
    tag: 'reference',
    summary: 'Reply phrases: mine, my units’, my areas’',
    operationId: 'phrases',
    output: z.object({ items: z.array(phraseView) }),
    handler: async ({ ctx }) => ({ items: await catalogue.phrases.list(ctx.identity.actor) }),
  });
  const addPhrase = changing.build({
    tag: 'reference',
    summary: 'Keep a reply phrase for myself',
    operationId: 'addPhrase',
    method: 'put',
    input: z.object({ itemId }).extend({ text: z.string().max(2_000) }),
    output: done,
    handler: async ({ input, ctx }) => {
      await catalogue.phrases.add(ctx.identity.actor, input.itemId, { text: input.text });
      return {};
    },
  });
  const removePhrase = changing.build({
    tag: 'reference',
    summary: 'Throw a reply phrase of mine away',
    operationId: 'removePhrase',
    method: 'delete',
    input: z.object({ itemId }),
    output: done,
    handler: async ({ input, ctx }) => {
      await catalogue.phrases.remove(ctx.identity.actor, input.itemId);
      return {};
    },
  });

  return {
    'get categories': categories,
    'get phrases': phrases,
    'put phrases/:itemId': addPhrase,
    'delete phrases/:itemId': removePhrase,
    ...readings({ catalogue, texts }),
    ...changes({ catalogue }),
  };
}

function readings({ catalogue, texts }: Pick<HttpDeps, 'catalogue' | 'texts'>) {
  const page = <T extends z.ZodType>(
    path: string,
    summary: string,
    output: T,
    read: (actor: Parameters<typeof catalogue.admin.reasons>[0], areaId: string) => Promise<z.output<T>>,
  ) =>
    signedOn.build({
      tag: 'admin',
      summary,
      operationId: `admin${capital(path)}`,
      input: z.object({ areaId }),
      output: output as unknown as z.ZodObject,
      handler: async ({ input, ctx }) =>
        (await read(ctx.identity.actor, input.areaId)) as Record<string, unknown>,
    });
  const { admin } = catalogue;
  const preview = signedOn.build({
    tag: 'admin',
    summary: 'What somebody would get with these words',
    description: 'Changes nothing; refuses what could not be kept.',
    operationId: 'previewText',
    method: 'post',
    input: z.object({
      areaId,
      itemId,
      words: z.record(z.string().max(20), z.string().max(2_000)),
    }),
    output: textPreview,
    handler: async ({ input, ctx }) =>
      texts.preview(ctx.identity.actor, input.areaId, input.itemId, input.words),
  });
  const uses = signedOn.build({
    tag: 'admin',
    summary: 'Cases under way that carry a category',
    operationId: 'categoryUses',
    input: z.object({ areaId, itemId }),
    output: useView,
    handler: async ({ input, ctx }) => admin.usesOf(ctx.identity.actor, input.areaId, input.itemId),
  });
  return {
    'get admin/categories': page('categories', 'Categories of an area', categoriesAdmin, admin.categories),
    'get admin/categories/:itemId/uses': uses,
    'get admin/texts': page('texts', 'Words of notices and cards', textsAdmin, texts.list),
    'post admin/texts/:itemId/preview': preview,
    'get admin/reasons': page('reasons', 'Ready-made reasons of an area', reasonsAdmin, admin.reasons),
    'get admin/phrases': page(
      'phrases',
      'Reply phrases of an area and its units',
      phrasesAdmin,
      admin.phrases,
    ),
    'get admin/dispatch-entries': page(
      'dispatchEntries',
      'The dispatch catalogue',
      dispatchAdmin,
      admin.dispatch,
    ),
  };
}

function changes({ catalogue }: Pick<HttpDeps, 'catalogue'>) {
  const { admin } = catalogue;
  const unitId = z.string().max(64).optional().describe('For phrases: this unit’s instead of every unit’s');
  const of = (kind: CatalogueKind) => {
    const save = changing.build({
      tag: 'admin',
      summary: `Set one of ${PATHS[kind]}`,
      operationId: `save${capital(kind)}`,
      method: 'put',
      input: z.object({ itemId, areaId, unitId, seen: seen.nullable(), value: KINDS[kind] as z.ZodType }),
      output: done,
      handler: async ({ input, ctx }) => {
        const { value, ...target } = input;
        await admin.save(ctx.identity.actor, { kind, ...target }, value);
        return {};
      },
    });
    const clear = changing.build({
      tag: 'admin',
      summary: `Take one of ${PATHS[kind]} away, or follow the area above again`,
      operationId: `clear${capital(kind)}`,
      method: 'delete',
      input: z.object({ itemId, areaId, unitId, seen }),
      output: done,
      handler: async ({ input, ctx }) => {
        await admin.clear(ctx.identity.actor, { kind, ...input });
        return {};
      },
    });
    const at = `admin/${PATHS[kind]}/:itemId`;
    return { [`put ${at}`]: save, [`delete ${at}`]: clear };
  };
  const undo = changing.build({
    tag: 'admin',
    summary: 'Undo a change of the catalogue',
    operationId: 'undoCatalogueChange',
    method: 'post',
    input: z.object({ changeId: z.uuid() }),
    output: done,
    handler: async ({ input, ctx }) => {
      await admin.undo(ctx.identity.actor, input.changeId);
      return {};
    },
  });
  const kinds = Object.keys(KINDS) as CatalogueKind[];
  return {
    ...Object.assign({}, ...kinds.map(of)),
    'post admin/catalogue-changes/:changeId/undo': undo,
  } as Record<string, typeof undo>;
}
