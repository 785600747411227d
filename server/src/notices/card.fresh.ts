/** A card nobody has been sent or has touched yet: what its row says beside whose it is and what it is about. */
export const freshCard = (now: number) => ({
  live: 1 as const,
  rev: 1,
  sent_hash: null,
  delivered: 0 as const,
  private_json: '{}',
  todo_task_id: null,
  todo_state: 'none',
  result_text: '',
  created_at: now,
  updated_at: now,
});
