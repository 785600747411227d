import type { ActionView } from '@minqing/shared/contract';
import { inject, provide, type InjectionKey } from 'vue';

type Leave = (action: Pick<ActionView, 'label'>) => void;
const LEAVE: InjectionKey<Leave> = Symbol('leave');

/** Tells the forms within how the page is left after an act that took the case out of sight. */
export function provideLeaving(leave: Leave): void {
  provide(LEAVE, leave);
}

/** The page's own way of leaving the case. */
export function useLeaving(): Leave {
  return inject(LEAVE, () => undefined);
}
