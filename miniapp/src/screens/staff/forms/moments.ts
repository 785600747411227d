/** Days and moments a form begins with: what is written down lies after all that has happened. The server decides. */
import type { CaseView } from '@minqing/shared/contract';

/** `YYYY-MM-DDTHH:MM` in Shanghai of the latest thing that happened to the case. */
export function lastMoment(view: Pick<CaseView, 'timeline'>): string {
  return view.timeline
    .map((entry) => entry.at.slice(0, 16))
    .reduce((last, at) => (at > last ? at : last), '');
}

/** Its day, `YYYY-MM-DD`. */
export function lastDay(view: Pick<CaseView, 'timeline'>): string {
  return lastMoment(view).slice(0, 10);
}
