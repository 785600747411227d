// @ts-check
/** The network troubles the desk can switch on, one at a time. Each stays until it is switched off. */

/** @type {{ id: string, word: string, fault: { kind: string, latencyMs?: number, probability?: number } | null, effect: string }[]} */
export const NETWORKS = [
  { id: 'normal', word: '正常', fault: null, effect: '网络正常' },
  {
    id: 'slow',
    word: '慢',
    fault: { kind: 'latency', latencyMs: 1500 },
    effect: '每次调用慢 1.5 秒',
  },
  {
    id: 'offline',
    word: '断',
    fault: { kind: 'offline' },
    effect: '信使和服务之间断开了',
  },
  {
    id: 'throttle',
    word: '限流',
    fault: { kind: 'throttle', probability: 0.5 },
    effect: '约一半的调用被限流，服务会自己重试',
  },
  {
    id: 'repeat',
    word: '重复回调',
    fault: { kind: 'repeatCallbacks' },
    effect: '每次按键回调两遍，只应办一次',
  },
];

/**
 * Which segment is lit. A fault another program switched on, unknown here, lights none.
 * @param {import('./types.js').Fault[]} faults
 * @returns {string}
 */
export function networkOf(faults) {
  const first = faults[0];
  if (first === undefined) {
    return 'normal';
  }
  return NETWORKS.find((network) => network.fault?.kind === first.kind)?.id ?? 'other';
}
