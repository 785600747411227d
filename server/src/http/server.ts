/** Listening, and stopping without cutting anybody off. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RunningServer {
  port: number;
  /**
   * Takes no new connections, lets requests under way finish, and ends what is left after `graceMs`. Safe to call
   * twice; resolves when the last connection is gone.
   */
  stop(graceMs?: number): Promise<void>;
}

/** A taken port is said in words, not as a stack. */
export class PortTaken extends Error {
  readonly port: number;

  constructor(host: string, port: number) {
    super(`Port ${port} on ${host} is taken: stop the program that uses it, or set PORT to another one.`);
    this.name = 'PortTaken';
    this.port = port;
  }
}

/** @param port 0 lets the system choose; see the answer's `port` */
export async function startServer(app: RequestListener, host: string, port: number): Promise<RunningServer> {
  const server = createServer(app);
  // A slow client may not hold a connection for ever; uploads are chunks of a few MB.
  server.headersTimeout = 15_000;
  server.requestTimeout = 120_000;
  server.keepAliveTimeout = 65_000;
  await listen(server, host, port);
  let stopping: Promise<void> | undefined;
  return {
    port: (server.address() as AddressInfo).port,
    stop(graceMs = 10_000) {
      stopping ??= stop(server, graceMs);
      return stopping;
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortTaken(host, port) : error);
    });
    server.listen(port, host, () => resolve());
  });
}

async function stop(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // Connections whose request was under way turn idle later; nobody should wait for their keep-alive.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const limit = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(limit);
}
