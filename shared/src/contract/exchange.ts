/** 平台对接 as administrators see and change it. */
import { z } from 'zod';
import { SUITES } from '../words/exchange.ts';

const suites = Object.keys(SUITES) as [keyof typeof SUITES, ...(keyof typeof SUITES)[]];
const count = z.number().int();

export const exchangeKeyView = z.object({
  keyId: z.string(),
  suite: z.enum(suites),
  /** 「7月6日 09:00起用，7月9日 09:00停用，发送用这一把」 */
  sentence: z.string(),
  /** What comes signed with it is taken. */
  valid: z.boolean(),
  /** What is sent now is signed with it. */
  sends: z.boolean(),
  /** Our half of an SM2 pair, PEM, for the platform; empty with a shared secret. */
  publicKey: z.string(),
});

export const exchangePartnerView = z.object({
  id: z.string(),
  name: z.string(),
  baseUrl: z.string(),
  suite: z.enum(suites),
  allow: z.array(z.string()),
  sharePhone: z.boolean(),
  /** The platform keeps the sealed history of its cases, for us to get back what a restored backup lost. */
  sealHistory: z.boolean(),
  active: z.boolean(),
  keys: z.array(exchangeKeyView),
  /** 「正常，3 条待发」「连不上，17:20 再试」 */
  sentence: z.string(),
  /** 「今天 06:00 对账，一致」; empty before the first. */
  checked: z.string(),
  waiting: count,
  dead: count,
  held: count,
  unmatched: count,
  /** How it was set when it was read; goes along with a change of it. */
  seen: z.string(),
});
export type ExchangePartnerView = z.output<typeof exchangePartnerView>;

export const exchangeAreaView = z.object({
  areaId: z.string(),
  name: z.string(),
  partnerId: z.string().nullable(),
  /** 「7月6日起」; empty where it is handled here. */
  since: z.string(),
});
export type ExchangeAreaView = z.output<typeof exchangeAreaView>;

export const exchangeOverview = z.object({
  partners: z.array(exchangePartnerView),
  areas: z.array(exchangeAreaView),
});
export type ExchangeOverview = z.output<typeof exchangeOverview>;

export const partnerInput = z.object({
  name: z.string().trim().min(1, '请写平台名称').max(60, '最多 60 字'),
  baseUrl: z.url('请写完整网址').max(300),
  suite: z.enum(suites),
  allow: z.array(z.string().trim().max(60)).max(50).default([]),
  sharePhone: z.boolean().default(false),
  sealHistory: z.boolean().default(true),
  active: z.boolean().default(true),
});

export type PartnerValue = z.output<typeof partnerInput>;

/** `seen` as the partner's view told it: who changed something others have changed meanwhile is told so. */
export const partnerChange = partnerInput.extend({ seen: z.string().max(64) });

/** What switching a platform off means for what stands with it. */
export const partnerOffPreview = z.object({
  /** Cases that are being handled there. */
  running: count,
  sentence: z.string(),
});
export type PartnerOffPreview = z.output<typeof partnerOffPreview>;

export const newKeyInput = z.object({
  /** Hours during which older keys still count. */
  overlapHours: z.number().int().min(0).max(720).default(72),
  /** The partner's public key, PEM: only with `sm2-sm3`. */
  theirPublic: z.string().max(4_000).optional(),
});

export const newKeyView = z.object({
  keyId: z.string(),
  /** Shown this once: the shared secret, base64; empty with `sm2-sm3`. */
  secret: z.string(),
  /** Our public key for the partner; empty with a shared secret. */
  publicKey: z.string(),
});
export type NewKeyView = z.output<typeof newKeyView>;

export const areaSwitch = z.object({ areaId: z.string().max(64), partnerId: z.string().max(64).nullable() });
export const areaSwitchPreview = z.object({
  /** Running cases that finish where they are: here, and with a platform. */
  here: count,
  there: count,
  sentence: z.string(),
});
export type AreaSwitchPreview = z.output<typeof areaSwitchPreview>;

export const codeKind = z.enum(['category', 'unit', 'state']);
export type ExchangeCodeKind = z.output<typeof codeKind>;
export const exchangeCode = z.object({
  code: z.string(),
  /** What the platform calls it; empty while nobody has said. */
  name: z.string(),
  /** Our id; empty while it is matched to nothing. */
  ours: z.string(),
  oursName: z.string(),
  /** Kept messages that wait for it to be matched, those behind them included. */
  waiting: count,
});
export type ExchangeCode = z.output<typeof exchangeCode>;
export const exchangeCodes = z.object({
  /** Unmatched ones first, those that hold most back at their head. */
  items: z.array(exchangeCode),
  /** What a code may be matched to. */
  candidates: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Of them, those no code stands for: a platform cannot name such a unit; such a category goes out under our own id. */
  unnamed: z.array(z.string()),
});
export type ExchangeCodes = z.output<typeof exchangeCodes>;
export const codeRef = z.object({ partnerId: z.string().max(64), kind: codeKind, code: z.string().max(64) });
/** What came of trying again what waited for a code. */
export const codeReplayed = z.object({ done: count, left: count, sentence: z.string() });
export type CodeReplayed = z.output<typeof codeReplayed>;
export const codeInput = z.object({
  kind: codeKind,
  code: z.string().trim().min(1, '请写代码').max(64),
  name: z.string().trim().max(60).default(''),
  /** Empty: matched to nothing. */
  ours: z.string().max(64),
});

export const exchangeLetter = z.object({
  id: z.string(),
  /** `out`: theirs to take and refused; `in`: came and does not fit. */
  way: z.enum(['out', 'in']),
  caseId: z.string(),
  number: z.string(),
  title: z.string(),
  what: z.string(),
  why: z.string(),
  /** The code it waits for, where that is what it waits for. */
  missing: z.object({ kind: codeKind, code: z.string() }).nullable(),
  atText: z.string(),
  /** Later messages of the case that wait behind it. */
  behind: count,
});
export const exchangeLetters = z.object({ items: z.array(exchangeLetter) });
export type ExchangeLetter = z.output<typeof exchangeLetter>;
export const letterRef = z.object({
  way: z.enum(['out', 'in']),
  partnerId: z.string().max(64),
  id: z.string().max(64),
});

export const exchangeCheck = z.object({
  atText: z.string(),
  sentence: z.string(),
  findings: z.array(z.object({ number: z.string(), text: z.string(), repaired: z.boolean() })),
});
export const exchangeChecks = z.object({ items: z.array(exchangeCheck) });
export type ExchangeCheck = z.output<typeof exchangeCheck>;
