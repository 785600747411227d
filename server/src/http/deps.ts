/** What http/ is given; app.ts puts it together. */
import type { FrontView } from '@minqing/shared/contract';
import type { Router } from 'express';
import type { Catalogue } from '../catalogue/index.ts';
import type { Audit } from '../audit/index.ts';
import type { Cases } from '../cases/index.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Deadlines } from '../deadlines/index.ts';
import type { Exchange } from '../exchange/index.ts';
import type { Host } from '../hosts/index.ts';
import type { Late } from '../late/index.ts';
import type { Log } from '../log.ts';
import type { Deliveries, NoticeTexts } from '../notices/index.ts';
import type { Origins } from '../origins/index.ts';
import type { Output } from '../output/index.ts';
import type { People } from '../people/index.ts';
import type { Similar } from '../similar/index.ts';
import type { Suggest } from '../suggest/index.ts';
import type { Statistics } from '../statistics/index.ts';
import type { Stuck } from '../stuck/index.ts';
import type { Tokens } from '../tokens/index.ts';
import type { Webhooks } from '../webhooks/index.ts';
import type { Open311 } from '../open311/index.ts';
import type { Gauge } from './metrics.ts';

/** A callback as it came over HTTP: signatures are checked over the raw bytes. */
export interface HookRequest {
  headers: Readonly<Record<string, string | undefined>>;
  query: Readonly<Record<string, string>>;
  body: Buffer;
}

export interface HookAnswer {
  status: number;
  body: unknown;
}

/** A host's own door: checks the signature, then acts. */
export type Hook = (request: HookRequest) => Promise<HookAnswer>;

export interface HttpDeps {
  config: Config;
  log: Log;
  clock: Clock;
  cases: Cases;
  people: People;
  tokens: Tokens;
  open311: Open311;
  webhooks: Pick<Webhooks, 'subscriptions' | 'deliveries'>;
  catalogue: Catalogue;
  texts: NoticeTexts;
  deliveries: Deliveries;
  audit: Audit;
  deadlines: Deadlines;
  stuck: Stuck;
  late: Late;
  output: Output;
  similar: Similar;
  suggest: Pick<Suggest, 'forCase'>;
  statistics: Omit<Statistics, 'followers' | 'rebuild'>;
  hosts: ReadonlyMap<string, Host>;
  /** Told before anybody is signed on. */
  front: FrontView;
  origins: Origins;
  /** By host id and what it is for: `dingtalk/cards`. Answers POST /hooks/dingtalk/cards. */
  hooks?: ReadonlyMap<string, Hook>;
  /** Mounted at /api/files, behind sessions, before any body is parsed. */
  filesRouter?: Router;
  /** What a connected platform calls; mounted at /exchange/v1, outside sessions. */
  exchangeRouter?: Router;
  exchange: Pick<Exchange, 'admin' | 'letters'>;
  gauges?: readonly Gauge[];
  /** The next moment a clock wants something; only asked where business time can be moved. */
  nextDeadline?: () => Promise<number | null>;
  /** Rejects when the process cannot serve: the database does not answer, migrations are missing. */
  ready(): Promise<void>;
  /** Of the product, for the document. */
  version: string;
}
