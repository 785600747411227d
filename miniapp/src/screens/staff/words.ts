import type { QueueView } from '@minqing/shared/contract';

/** What an empty queue means to whoever works through it. */
export function emptyWords(queue: Pick<QueueView, 'group' | 'label' | 'tone'> | null): {
  title: string;
  text: string;
} {
  if (!queue) {
    return { title: '这里没有民情', text: '有新的会出现在这里。' };
  }
  if (queue.group === 'mine') {
    return { title: '都办完了', text: `没有${queue.label}的民情，有新的会发卡片告诉您。` };
  }
  if (queue.tone === 'red') {
    return { title: '没有超期的', text: '每一件都在时限里。' };
  }
  if (queue.group === 'limits') {
    return { title: '没有快到期的', text: '手上的都还有时间。' };
  }
  return { title: `没有「${queue.label}」的`, text: '有了会出现在这里。' };
}
