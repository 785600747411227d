/** What both directions of the exchange share: media type, envelope, files, errors, limits. */
import { z } from 'zod';

/** Every body, both ways. A change that breaks a reader gets another number; see docs/exchange. */
export const MEDIA_TYPE = 'application/vnd.minqing.exchange.v1+json';

/** Beyond these a message is refused unread. */
export const LIMITS = { bytes: 1_048_576, depth: 20, skewMs: 300_000, nonceMs: 600_000 } as const;

export const instant = z.iso
  .datetime({ offset: true })
  .meta({ description: 'ISO 8601 with offset, by the sender’s business time' });
export const code = z.string().min(1).max(64);
const words = (max: number) => z.string().trim().min(1).max(max);
export const text = words(2_000);
export const reason = words(500);

/** A file: its bytes are fetched from `href`, which expires; `sha256` and `bytes` tell whether they are the right ones. */
export const fileSchema = z
  .object({
    id: z.uuid(),
    name: z.string().min(1).max(200),
    type: z.string().min(1).max(100),
    bytes: z.number().int().positive(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    href: z.url().max(1_000).meta({ description: 'Signed and expiring; no part of the message’s identity' }),
  })
  .meta({ id: 'File' });
export type ExchangeFile = z.output<typeof fileSchema>;
export const files = z.array(fileSchema).max(9).default([]);

/** What every message says beside its own matter. `seq` counts the sender's messages about this case from 1, without gaps. */
export const envelope = {
  id: z.uuid().meta({ description: 'Of the message; the same at each repeat' }),
  caseId: z.uuid().meta({ description: 'Of the case, as Minqing minted it' }),
  seq: z.number().int().min(1),
  at: instant,
};

/** Why a message was not taken, as `code` of an RFC 9457 document. */
export const EXCHANGE_ERRORS = {
  unknownPartner: { status: 401, title: '没有这个对接平台，或已停用', again: false },
  unknownKey: { status: 401, title: '没有这把密钥，或不在有效期', again: false },
  badSignature: { status: 401, title: '签名不对', again: false },
  staleTime: { status: 401, title: '时间与本机相差超过 5 分钟，请校准时钟', again: false },
  replayed: { status: 401, title: '这个随机数用过了', again: false },
  addressNotAllowed: { status: 403, title: '来源地址不在允许名单里', again: false },
  unknownCase: { status: 404, title: '没有交给贵平台的这件民情', again: false },
  badMediaType: { status: 415, title: `请用 ${MEDIA_TYPE}`, again: false },
  tooLarge: { status: 413, title: '内容超过 1 MB', again: false },
  tooDeep: { status: 400, title: '嵌套超过 20 层', again: false },
  notJson: { status: 400, title: '不是正确的 JSON', again: false },
  invalidMessage: { status: 400, title: '字段不对，见 errors', again: false },
  outOfOrder: { status: 409, title: '前面的消息还没有收到，请从 expected 起重发', again: true },
  sequenceTaken: { status: 409, title: '这个序号已有另一条消息，请先对账', again: false },
  idReused: { status: 409, title: '同一个编号来了不同的内容', again: false },
  unknownCode: { status: 422, title: '代码没有对应，已保留，等管理员对应', again: false },
  doesNotFit: { status: 422, title: '与这件民情现在的状态不符，已保留，等管理员处理', again: false },
  fileMissing: { status: 422, title: '附件取不到或校验不对，已保留，稍后再取', again: false },
  unavailable: { status: 503, title: '暂时不能处理，请稍后重发', again: true },
} as const;
export type ExchangeErrorCode = keyof typeof EXCHANGE_ERRORS;

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.enum(Object.keys(EXCHANGE_ERRORS) as [ExchangeErrorCode, ...ExchangeErrorCode[]]),
    detail: z.string().optional(),
    expected: z.number().int().min(1).optional().meta({ description: 'The `seq` that is wanted next' }),
    kept: z
      .boolean()
      .optional()
      .meta({ description: 'True: the message is kept and must not be sent again' }),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
export type ExchangeProblem = z.output<typeof problemSchema>;

export const receiptSchema = z
  .object({
    id: z.uuid(),
    status: z.enum(['applied', 'known', 'waiting']).meta({
      description:
        'applied: done now; known: a repeat; waiting: kept behind an earlier message that does not fit',
    }),
  })
  .meta({ id: 'Receipt' });
export type ExchangeReceipt = z.output<typeof receiptSchema>;
