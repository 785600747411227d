/** A random UUID (version 4). `crypto.randomUUID` is absent in web views outside secure contexts. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/**
 * One thing a person wants done. The key stays the same while the same words are sent again, and changes with them, so
 * a retry acts once and a corrected form is a new request.
 */
export class Intent {
  private key = newId();
  private body = '';

  /** The Idempotency-Key for this body. */
  keyFor(body: unknown): string {
    const text = JSON.stringify(body ?? null);
    if (this.body !== '' && text !== this.body) {
      this.key = newId();
    }
    this.body = text;
    return this.key;
  }
}
