import { nextTick } from 'vue';
import { useAnnouncer } from '../stores/announcer.ts';

/** Shows a short sentence that goes by itself, and says it to screen readers. */
export async function toast(sentence: string): Promise<void> {
  useAnnouncer().say(sentence);
  const [{ showToast }] = await Promise.all([
    import('vant/es/toast'),
    import('vant/es/popup/index.css'),
    import('vant/es/toast/index.css'),
  ]);
  showToast({
    message: sentence,
    wordBreak: 'normal',
    position: 'bottom',
    duration: Math.max(2_000, sentence.length * 120),
  });
}

export interface Question {
  title: string;
  text: string;
  /** The verb of the act, never 确定. */
  yes: string;
  no?: string;
}

/** Asks before an act that cannot be taken back. Resolves true for yes. */
export async function confirm(question: Question): Promise<boolean> {
  const [{ showConfirmDialog }] = await Promise.all([
    import('vant/es/dialog'),
    import('vant/es/overlay/index.css'),
    import('vant/es/popup/index.css'),
    import('vant/es/button/index.css'),
    import('vant/es/dialog/index.css'),
  ]);
  try {
    const answer = showConfirmDialog({
      title: question.title,
      message: question.text,
      confirmButtonText: question.yes,
      cancelButtonText: question.no ?? '先不',
      closeOnPopstate: true,
      className: 'question',
    });
    // The library points to its title by the title's words, which no screen reader finds.
    await nextTick();
    document.querySelector('.van-dialog.question')?.setAttribute('aria-label', question.title);
    await answer;
    return true;
  } catch {
    return false;
  }
}
