import { createServer } from 'node:net';

/** A port the person may choose by an environment variable. */
export type PortChoice = { variable: string; port: number; what: string };

/**
 * Reads a port from the environment.
 * @throws Error that names the variable when it is no port
 */
export function portFrom(variable: string, standard: number, what: string): PortChoice {
  const text = process.env[variable] ?? '';
  const port = text === '' ? standard : Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`${variable}=${text} 不是端口号（1–65535）。 ${variable}=${text} is no port (1–65535).`);
  }
  return { variable, port, what };
}

/** Of these ports, those somebody holds already. */
export async function takenPorts(choices: PortChoice[]): Promise<PortChoice[]> {
  const taken = await Promise.all(
    choices.map(async (choice) => ((await isFree(choice.port)) ? undefined : choice)),
  );
  return taken.filter((choice) => choice !== undefined);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
