/** Reading what strangers sent: JSON bodies, form fields, query parameters. Nothing here throws. */
export type Raw = Record<string, unknown>;

export function isRecord(value: unknown): value is Raw {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** The value as an object; anything else is an empty one. */
export function record(value: unknown): Raw {
  return isRecord(value) ? value : {};
}

/** An object, or an object as JSON text (the way form bodies carry them); undefined when it is neither. */
export function recordOrJson(value: unknown): Raw | undefined {
  const parsed = typeof value === 'string' ? parseJson(value) : value;
  return isRecord(parsed) ? parsed : undefined;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Text, or a number as text; anything else is empty. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** A number, or digits as text; undefined when it is neither. */
export function number(value: unknown): number | undefined {
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : undefined;
}

/** A boolean, or the words `true` and `1`. */
export function flag(value: unknown): boolean {
  return value === true || value === 'true' || value === 1 || value === '1';
}

export function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** A comma-joined list, empty parts dropped. */
export function commaList(value: unknown): string[] {
  return text(value)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

export function bytes(value: string): number {
  return Buffer.byteLength(value, 'utf8');
}
