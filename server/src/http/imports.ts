/** The paths under /api/admin/imports: a spreadsheet comes as bytes, templates go as bytes. */
import { createHash } from 'node:crypto';
import express, { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { People } from '../people/index.ts';
import { digestOf } from '../store/index.ts';
import { identityOf, viewerOf } from './context.ts';

const TYPE = 'application/octet-stream';
const LIMIT = '4mb';
const TEMPLATES = {
  'units.csv': { kind: 'units', type: 'text/csv; charset=utf-8', name: '单位.csv' },
  'people.csv': { kind: 'people', type: 'text/csv; charset=utf-8', name: '人员和角色.csv' },
  'template.xlsx': {
    kind: 'workbook',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    name: '导入模板.xlsx',
  },
} as const;

export function importsRouter({ imports }: Pick<People, 'imports'>): Router {
  const router = Router();
  const bytes = express.raw({ type: TYPE, limit: LIMIT });

  router.get('/:template', async (request, response) => {
    const viewer = viewerOf(response);
    const template = TEMPLATES[request.params.template as keyof typeof TEMPLATES];
    if (!template) {
      throw new AppError('notFound');
    }
    response
      .set('Content-Type', template.type)
      .set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(template.name)}`)
      .send(await imports.template(viewer, template.kind));
  });

  router.post('/check', bytes, async (request, response) => {
    response.json(await imports.check(viewerOf(response), fileOf(request)));
  });

  router.post('/apply', bytes, async (request, response) => {
    const plan = z.string().min(1).max(64).safeParse(request.query['plan']);
    if (!plan.success) {
      throw new AppError('malformed', { detail: '请先检查，再带着检查的编号导入' });
    }
    const file = fileOf(request);
    response.json(
      await imports.apply(viewerOf(response), file, plan.data, requestOf(request, response, file)),
    );
  });

  return router;
}

function fileOf(request: Request): Buffer {
  if (!request.is(TYPE)) {
    throw new AppError('unsupportedType', { detail: `Content-Type 应为 ${TYPE}` });
  }
  if (!Buffer.isBuffer(request.body) || request.body.length === 0) {
    throw new AppError('fileRefused', { title: '这个文件是空的，请另选一个' });
  }
  return request.body;
}

function requestOf(request: Request, response: Response, file: Buffer) {
  const key = z.uuid().safeParse(request.get('idempotency-key'));
  if (!key.success) {
    throw new AppError('keyMissing', { detail: 'Idempotency-Key 应为 UUID' });
  }
  return {
    principal: identityOf(response).person.id,
    key: key.data.toLowerCase(),
    digest: digestOf({ what: 'import', file: createHash('sha256').update(file).digest('hex') }),
  };
}
