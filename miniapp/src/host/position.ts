import { HostError, type Located } from './port.ts';

/** A bridge's answer as a place; throws when it holds none. Both messengers' bridges use the same names. */
export function positionOf(answer: unknown): Located {
  const told = (answer ?? {}) as {
    latitude?: unknown;
    longitude?: unknown;
    accuracy?: number;
    address?: string;
    district?: string;
  };
  if (typeof told.latitude !== 'number' || typeof told.longitude !== 'number') {
    throw new HostError('没有定到位，请手写地点');
  }
  return {
    latitude: told.latitude,
    longitude: told.longitude,
    accuracy: Math.round(told.accuracy ?? 0),
    text: told.address ?? '',
    district: told.district ?? '',
  };
}
