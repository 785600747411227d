/** The value in `text`, or null when it is no JSON: what comes over the wire is checked by its shape afterwards. */
export function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
