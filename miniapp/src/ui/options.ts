/** Labels by id, as choosers take them, in their own order. */
export function optionsOf<K extends string>(labels: Readonly<Record<K, string>>): { id: K; label: string }[] {
  return (Object.entries(labels) as [K, string][]).map(([id, label]) => ({ id, label }));
}
