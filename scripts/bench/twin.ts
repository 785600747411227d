/**
 * The list of a reviewer's queue as somebody would write it by hand for this one purpose: Express, plain SQL, one
 * handler. It parses the same input and output, loads the session and tells the same words, so that what the product
 * costs beyond it is the price of its layers.
 */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { casePage, type CaseItem } from '@minqing/shared/contract';
import type { Actor, Case, Grant } from '@minqing/shared/workflow';
import express from 'express';
import { z } from 'zod';
import type { App } from '../../server/src/app.ts';
import { presentItem } from '../../server/src/cases/case.item.presenter.ts';
import { sightOf } from '../../server/src/cases/index.ts';
import { standardPolicies, worldOf } from '../../server/src/cases/world.ts';
import { createCalendars } from '../../server/src/deadlines/index.ts';
import { encodeCursor } from '../../server/src/store/index.ts';
import { openSql } from './sql.ts';

const PAGE = 20;
const CAP = 1_000;
const input = z.object({
  desk: z.string().regex(/^reviewer:/),
  queue: z.literal('review'),
});

const SESSION = `select s.person_id from session s join account a on a.id = s.account_id
  join person p on p.id = s.person_id
  where s.id_hash = ? and s.expires_at > ? and a.active = 1 and p.active = 1`;
const GRANTS = `select role, unit_id, area_id from role_grant
  where person_id = ? and from_at <= ? and (to_at is null or to_at > ?) order by from_at, id`;
const LIST = `select c.id, c.body_json, c.due_at, s.version as seen from cases c
  left join case_seen s on s.case_id = c.id and s.person_id = ?
  where c.committee_id = ? and c.state = 'submitted' order by c.due_at, c.id limit ${PAGE + 1}`;
const COUNT = `select count(*) as n from (select id from cases
  where committee_id = ? and state = 'submitted' limit ${CAP + 1}) found`;

export interface Twin {
  url: string;
  stop(): Promise<void>;
}

/** Serves the twin of `GET /api/cases` beside the product, from the same database. */
export async function serveTwin(app: App, databaseUrl: string): Promise<Twin> {
  const sql = openSql(databaseUrl);
  const sources = {
    directory: app.directory,
    calendars: await createCalendars(app.store, app.directory),
    policies: standardPolicies,
  };

  async function whoAsks(authorization: string | undefined): Promise<Extract<Actor, { kind: 'person' }>> {
    const secret = /^Bearer ([\w-]+)$/.exec(authorization ?? '')?.[1] ?? '';
    const hash = createHash('sha256').update(secret).digest('hex');
    const [session] = await sql.rows<{ person_id: string }>(SESSION, hash, app.clock.machineNow());
    if (!session) {
      throw new Error('nobody');
    }
    const now = app.clock.businessNow();
    const rows = await sql.rows<{ role: Grant['role']; unit_id: string | null; area_id: string }>(
      GRANTS,
      session.person_id,
      now,
      now,
    );
    const grants = rows.map((row) => ({ role: row.role, unitId: row.unit_id, areaId: row.area_id }));
    return { kind: 'person', personId: session.person_id, grants };
  }

  const server = express();
  server.get('/api/cases', async (request, response) => {
    const viewer = await whoAsks(request.get('authorization'));
    const { desk } = input.parse(request.query);
    const unitId = desk.slice('reviewer:'.length);
    if (!viewer.grants.some((grant) => grant.role === 'reviewer' && grant.unitId === unitId)) {
      response.status(403).end();
      return;
    }
    const rows = await sql.rows<{ id: string; body_json: string; due_at: number; seen: number | null }>(
      LIST,
      viewer.personId,
      unitId,
    );
    const [counted] = await sql.rows<{ n: number }>(COUNT, unitId);
    const items = rows.slice(0, PAGE).map((row): CaseItem => {
      const c = JSON.parse(row.body_json) as Case;
      const world = worldOf(sources, c.areaId, app.clock.businessNow());
      return presentItem(c, {
        viewer,
        actsOn: c,
        sight: sightOf(c, viewer, world.areaChain),
        world,
        area: (id) => app.directory.area(id),
        wording: app.catalogue,
        seenVersion: row.seen ?? 0,
      });
    });
    const last = rows[PAGE - 1];
    const total = counted?.n ?? 0;
    const after = rows.length > PAGE && last ? encodeCursor([last.due_at, last.id]) : null;
    response.json(casePage.parse({ items, after, total: total > CAP ? null : total }));
  });
  const running: Server = createServer(server);
  await new Promise<void>((resolve) => {
    running.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(running.address() as AddressInfo).port}`,
    async stop() {
      running.closeAllConnections();
      await new Promise((resolve) => {
        running.close(resolve);
      });
      await sql.close();
    },
  };
}
