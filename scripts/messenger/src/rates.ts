/** Per-operation call budgets in a sliding second of machine time. */
export interface Rates {
  /** Counts a call. False when the second's budget is used up; a refused call costs nothing. */
  take(operation: string): boolean;
  reset(): void;
}

/**
 * @param perSecond calls allowed in any second
 * @param overrides other budgets by operation
 */
export function createRates(
  perSecond: number,
  overrides: Record<string, number>,
  machineNow: () => number,
): Rates {
  const calls = new Map<string, number[]>();
  return {
    take(operation) {
      const now = machineNow();
      const recent = (calls.get(operation) ?? []).filter((at) => at > now - 1000);
      const allowed = recent.length < (overrides[operation] ?? perSecond);
      if (allowed) {
        recent.push(now);
      }
      calls.set(operation, recent);
      return allowed;
    },
    reset: () => calls.clear(),
  };
}
