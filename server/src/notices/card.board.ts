/** Where a card is shown on a host: an interactive card, or an action card whose buttons open the mini-app at the act. */
import type { Host, NoticeContent } from '../hosts/index.ts';
import type { CardRow } from '../store/tables.ts';
import type { RenderedCard } from './card.render.ts';
import { casePath, homePath } from './links.ts';

export interface CardBoard {
  /** Rejects `duplicate` where the host says that it has the card; a board that cannot tell shows it once all the same. */
  deliver(card: CardRow, userId: string, rendered: RenderedCard): Promise<void>;
  /** Rejects `gone` when the host never had the card. */
  update(card: CardRow, userId: string, rendered: RenderedCard): Promise<void>;
}

/** A host without cards that knows notices by our ids gets them as notices; any other is asked for cards, and may refuse. */
export function boardOf(host: Host): CardBoard {
  return host.capabilities.cards || !host.capabilities.noticeIds ? cardsOf(host) : noticesOf(host);
}

function cardsOf(host: Host): CardBoard {
  return {
    deliver: (card, userId, { publicData, privateData, summary }) =>
      host.deliverCard({
        outTrackId: card.out_track_id,
        templateId: card.template,
        userId,
        publicData,
        privateData,
        summary,
      }),
    update: (card, userId, { publicData, privateData }) =>
      host.updateCard({
        outTrackId: card.out_track_id,
        publicData,
        privateData: { [userId]: privateData },
      }),
  };
}

/** One notice a card: it stays as it was sent while the duty lasts, and says at the end who dealt with it. */
function noticesOf(host: Host): CardBoard {
  return {
    async deliver(card, userId, rendered) {
      const message = host.renderNotice(contentOf(card, rendered, rendered.number));
      await host.sendNotice({ id: card.out_track_id, userIds: [userId], message });
    },
    async update(card, userId, { publicData }) {
      if (card.live === 0 && host.capabilities.statusBar) {
        const status = { text: publicData.result || '已办', tone: 'grey' };
        await host.setNoticeStatus({ taskId: card.out_track_id, userIds: [userId] }, status);
      }
    },
  };
}

/**
 * A card's words as an action card: its acts, and where there are none one button that opens the case.
 * @param number what tells it from others: the case's, or where the host goes by the words alone one of the card's own
 */
export function contentOf(
  card: CardRow,
  { publicData, acts }: RenderedCard,
  number: string = card.id.slice(-8),
): NoticeContent {
  const path = card.case_id === null ? (acts[0]?.path ?? homePath) : casePath(card.case_id);
  const rows = [publicData.fields, publicData.figures].flatMap(
    (list) => JSON.parse(list || '[]') as { label: string; value: string }[],
  );
  return {
    number,
    title: publicData.strip ?? '',
    lines: [
      ...(card.case_id === null ? [] : [{ label: '民情', value: publicData.title ?? '' }]),
      ...rows.map(({ label, value }) => ({ label, value })),
    ],
    body: (card.case_id === null ? publicData.title : publicData.body) ?? '',
    path,
    buttons: acts.length > 0 ? [...acts] : [{ title: '打开办理', path }],
    status: null,
  };
}
