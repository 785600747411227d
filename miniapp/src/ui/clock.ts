/** 08:41 by this device's clock. For what happened on the device itself; all other times come in words from the server. */
export function clockText(epoch: number): string {
  const at = new Date(epoch);
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}
