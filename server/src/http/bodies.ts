/** JSON bodies, and nothing else: a form another site could post never reaches an endpoint. */
import express, { type RequestHandler } from 'express';
import { AppError } from '../errors.ts';

const LIMIT = '256kb';

export function jsonBodies(): RequestHandler[] {
  return [refuseOtherTypes, express.json({ limit: LIMIT, type: ['application/json'] }), refuseOtherShapes];
}

const refuseOtherTypes: RequestHandler = (request, _response, next) => {
  const hasBody =
    request.get('transfer-encoding') !== undefined || Number(request.get('content-length') ?? 0) > 0;
  if (hasBody && !request.is('application/json')) {
    throw new AppError('unsupportedType', { detail: 'Content-Type 应为 application/json' });
  }
  next();
};

const refuseOtherShapes: RequestHandler = (request, _response, next) => {
  if (
    request.body !== undefined &&
    (typeof request.body !== 'object' || request.body === null || Array.isArray(request.body))
  ) {
    throw new AppError('malformed', { detail: '请求内容应为一个 JSON 对象' });
  }
  next();
};
