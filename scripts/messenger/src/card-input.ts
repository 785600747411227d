import type { CardValues } from './card-render.ts';
import { ApiError } from './errors.ts';
import { bytes, isRecord, record } from './values.ts';

/** Longest key of a card variable, in bytes. */
export const CARD_KEY_BYTES = 100;
/** Longest value of a card variable, in bytes. */
export const CARD_VALUE_BYTES = 1024;

/**
 * Reads `{cardParamMap}`. Every value has to be text: the platform types it so, and a number or object that an app forgot to
 * turn into text is refused here instead of silently not showing.
 */
export function readCardMap(container: unknown): CardValues {
  const map = record(container).cardParamMap;
  if (map === undefined) {
    return {};
  }
  if (!isRecord(map)) {
    throw new ApiError(400, 'param.invalid', 'cardParamMap 不是 JSON 对象');
  }
  const values: CardValues = {};
  for (const [key, value] of Object.entries(map)) {
    if (typeof value !== 'string') {
      throw new ApiError(400, 'param.invalid', `cardParamMap.${key} 不是字符串`);
    }
    if (bytes(key) > CARD_KEY_BYTES) {
      throw new ApiError(400, 'param.invalid', `变量名超过 ${CARD_KEY_BYTES} 字节: ${key.slice(0, 40)}…`);
    }
    if (bytes(value) > CARD_VALUE_BYTES) {
      throw new ApiError(400, 'param.invalid', `cardParamMap.${key} 超过 ${CARD_VALUE_BYTES} 字节`);
    }
    values[key] = value;
  }
  return values;
}
