/** Serves the built mini-app with the mock, for looking at: `node miniapp/tests/mock-api/main.ts [port]`. */
import { join } from 'node:path';
import { serveMock } from './serve.ts';

const { url } = await serveMock(
  join(import.meta.dirname, '../../dist'),
  undefined,
  Number(process.argv[2] ?? 0),
);
process.stdout.write(`${url}\n`);
