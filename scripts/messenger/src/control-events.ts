import type { Router } from 'express';
import type { Messenger } from './messenger.ts';

const KEEP_ALIVE_MS = 20_000;

/** `GET /control/events`: Server-Sent Events, each the JSON of one {@link MessengerEvent}. */
export function mountEventStream(router: Router, messenger: Messenger): void {
  router.get('/events', (request, response) => {
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    response.write('retry: 1000\n\n');
    const stopListening = messenger.bus.listen((event) => {
      response.write(`data: ${JSON.stringify(event)}\n\n`);
    });
    const keepAlive = setInterval(() => response.write(': still here\n\n'), KEEP_ALIVE_MS);
    request.on('close', () => {
      clearInterval(keepAlive);
      stopListening();
    });
  });
}
