import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A TCP line to a database server that can be told to break at a statement. */
export interface Line {
  port: number;
  /**
   * Breaks the connection the next time a client sends this text: before it reaches the server, or after the server has
   * answered it, with the answer withheld.
   */
  cutAt(text: string, when: 'before' | 'after'): void;
  close(): Promise<void>;
}

/** Opens a line on loopback to the server's port. */
export async function startLine(serverPort: number): Promise<Line> {
  let plan: { text: string; when: 'before' | 'after' } | undefined;
  const sockets = new Set<Socket>();

  const server = createServer((client) => {
    const upstream = connect(serverPort, '127.0.0.1');
    let withholding = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    }
    const cut = (): void => {
      client.destroy();
      upstream.destroy();
    };
    client.on('data', (bytes) => {
      if (plan && bytes.toString('latin1').toLowerCase().includes(plan.text)) {
        const { when } = plan;
        plan = undefined;
        if (when === 'before') {
          cut();
          return;
        }
        withholding = true;
      }
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (withholding) {
        cut();
      } else {
        client.write(bytes);
      }
    });
    client.on('error', cut);
    upstream.on('error', cut);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cutAt: (text, when) => {
      plan = { text, when };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        sockets.forEach((socket) => socket.destroy());
      }),
  };
}
