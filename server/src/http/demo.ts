/** One door for the demo alone: where the business clock may jump to. Mounted only while that clock can be moved. */
import type { Express } from 'express';
import { clockText, isoShanghaiFull } from '@minqing/shared/time';

/** @param nextAt the next moment a clock of any case wants something, business time; null when none runs */
export function mountDemo(app: Express, nextAt: () => Promise<number | null>): void {
  app.get('/demo/next-deadline', async (_request, response) => {
    const at = await nextAt();
    response
      .set('Cache-Control', 'no-store')
      .json(at === null ? {} : { at: isoShanghaiFull(at), label: clockText(at) });
  });
}
