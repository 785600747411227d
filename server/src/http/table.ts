/** Answers that are a file, sent in pieces as they are read. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ResultHandler } from 'express-zod-api';
import { z } from 'zod';
import { contextOf } from './context.ts';
import { problemAnswers, sendProblem } from './problem.ts';

/** What an endpoint that answers with a file gives: a name for the file and its content. */
export const tableOutput = z.object({
  name: z.string(),
  pieces: z.custom<AsyncIterable<string | Uint8Array>>(),
});

const OFFICE = 'application/vnd.openxmlformats-officedocument';

const file = (mimeType: string, description: string) =>
  new ResultHandler({
    positive: { schema: z.string().describe(description), mimeType },
    negative: problemAnswers,
    handler: async ({ error, output, request, response }) => {
      if (error || !output) {
        sendProblem(request, response, error);
        return;
      }
      const { name, pieces } = output as z.output<typeof tableOutput>;
      response
        .status(200)
        .type(mimeType)
        .set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
      try {
        await pipeline(pieces instanceof Readable ? pieces : Readable.from(pieces), response);
      } catch (thrown) {
        // Half a file must not look like a whole one: the connection is cut.
        contextOf(response).log.warn('a file was cut short', { error: thrown });
        response.destroy();
      }
    },
  });

export const spreadsheet = file(`${OFFICE}.spreadsheetml.sheet`, 'An Excel workbook');
export const zipArchive = file('application/zip', 'A ZIP archive');
export const wordDocument = file(`${OFFICE}.wordprocessingml.document`, 'A Word document');
