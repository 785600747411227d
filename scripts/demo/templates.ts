/** Publishes the product's card templates in the local messenger, as an administrator does in the card builder. */
import { CARD_TEMPLATES } from '../../server/src/notices/card-templates.ts';

/** Our template name → its id at the local messenger: what DINGTALK_CARD_TEMPLATES holds. */
export const TEMPLATE_IDS: Record<string, string> = Object.fromEntries(
  Object.entries(CARD_TEMPLATES).map(([name, template]) => [name, template.id]),
);

/** @param messengerUrl `http://127.0.0.1:<port>`. Rejects, naming the template, when one is refused. */
export async function publishTemplates(messengerUrl: string): Promise<void> {
  for (const template of Object.values(CARD_TEMPLATES)) {
    const answer = await fetch(`${messengerUrl}/control/templates/${encodeURIComponent(template.id)}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(template),
    });
    if (!answer.ok) {
      throw new Error(
        `the messenger refused the template ${template.id}: ${answer.status} ${await answer.text()}`,
      );
    }
  }
}
