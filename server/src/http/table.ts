/** Answers that are a table for a spreadsheet, sent in pieces as they are read. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ResultHandler } from 'express-zod-api';
import { z } from 'zod';
import { contextOf } from './context.ts';
import { problemAnswers, sendProblem } from './problem.ts';

/** What an endpoint of `signedOnTable` gives: a name for the file and its text. */
export const tableOutput = z.object({ name: z.string(), pieces: z.custom<AsyncIterable<string>>() });

export const table = new ResultHandler({
  positive: { schema: z.string().describe('CSV with a header line, UTF-8'), mimeType: 'text/csv' },
  negative: problemAnswers,
  handler: async ({ error, output, request, response }) => {
    if (error || !output) {
      sendProblem(request, response, error);
      return;
    }
    const { name, pieces } = output as z.output<typeof tableOutput>;
    response
      .status(200)
      .type('text/csv')
      .set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
    try {
      await pipeline(Readable.from(pieces), response);
    } catch (thrown) {
      // Half a file must not look like a whole one: the connection is cut.
      contextOf(response).log.warn('a table was cut short', { error: thrown });
      response.destroy();
    }
  },
});
