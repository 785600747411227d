/** The one line a card keeps once somebody acted. */
import { spec, type ActionName } from '@minqing/shared/workflow';
import { lastingMoment } from './moments.ts';

/** 「周凯 7月6日 周一 10:12 签收」 */
export const resultWords = (who: string, at: number, action: ActionName, stars: number | null): string =>
  `${who} ${lastingMoment(at)} ${stars === null ? spec(action).label : `打了 ${stars} 星`}`;
