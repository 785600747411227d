/** Short paths into the mini-app, for cards, notices and to-dos: well under the hosts' limits even encoded twice. */

/** `/#/s/<id>`; `act` opens that sheet at once. */
export function casePath(caseId: string, act?: string, extra: Record<string, string> = {}): string {
  const query = new URLSearchParams({ ...(act ? { do: act } : {}), ...extra }).toString();
  return `/#/s/${caseId}${query ? `?${query}` : ''}`;
}

export const homePath = '/#/';
export const queuePath = (desk: string, queue: string): string =>
  `/#/desk?${new URLSearchParams({ desk, queue }).toString()}`;
/** What stands still, in 管理. */
export const stuckPath = '/#/admin/stuck';
