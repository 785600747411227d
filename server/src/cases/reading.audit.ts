/** Who read what of a case: recorded once per reader, case and business day, since pages are asked for again and again. */
import { shanghaiDate } from '@minqing/shared/time';
import type { Actor } from '@minqing/shared/workflow';
import type { Clock } from '../clock.ts';
import { appendAudit } from '../ledger/index.ts';
import { insertIgnore, type Store } from '../store/index.ts';

/** The keys of `request` each kind of reading is remembered under. */
const KEYS = { readPhone: 'phone', 'case.printed': 'print' } as const;

export async function recordReading(
  store: Store,
  clock: Clock,
  viewer: Actor,
  kind: keyof typeof KEYS,
  caseId: string,
): Promise<void> {
  if (viewer.kind !== 'person') {
    return;
  }
  const day = shanghaiDate(clock.businessNow());
  const { personId: principal, via } = viewer;
  await store.transact(async (tx) => {
    const first = await insertIgnore(tx, 'request', {
      door: 'audit',
      principal,
      request_key: `${KEYS[kind]}:${caseId}:${day}${via ? ':token' : ''}`,
      digest: '',
      case_id: caseId,
      version: 0,
      created_at: clock.machineNow(),
    });
    if (first) {
      await appendAudit(tx, {
        at: clock.businessNow(),
        kind,
        personId: principal,
        subject: caseId,
        data: via ? { via: '访问令牌' } : {},
      });
    }
  });
}
