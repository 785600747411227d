/** What subscribers are sent, for the document: OpenAPI 3.1 has a place of its own for that. */
import { webhookPayload } from '@minqing/shared/contract';
import { z } from 'zod';

const header = (name: string, description: string) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
});

export const webhookItems = {
  step: {
    post: {
      operationId: 'webhookStep',
      summary: 'A step of a case, or a test',
      description: 'Signed by Standard Webhooks; docs/open-door.md says how to verify it.',
      parameters: [
        header('webhook-id', 'The same at every try and replay: take each once'),
        header('webhook-timestamp', 'Seconds since 1970'),
        header(
          'webhook-signature',
          'v1,base64 of HMAC-SHA256 over id.timestamp.body; several, separated by spaces',
        ),
      ],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: z.toJSONSchema(webhookPayload) } },
      },
      responses: {
        '2XX': { description: 'Taken' },
        410: { description: 'Gone: the subscription is stopped' },
        default: { description: 'Not taken: tried again' },
      },
    },
  },
};
