/** What the stand-in is told when it starts. */

export interface Coded {
  code: string;
  name: string;
}

export interface PlatformOptions {
  port?: number;
  /** Its database; a file, so that it survives a kill. */
  file: string;
  /** Base of the other side's addresses, without a slash at the end: `http://127.0.0.1:5170/exchange/v1`. */
  peerUrl: string;
  /** Who it is to the other side. */
  partner: string;
  keyId: string;
  /** Base64 of the shared secret; none where its operator brings an SM2 key later. */
  secret?: string | undefined;
  /** Where business time is told; its own clock without. */
  clockUrl?: string | undefined;
  /** What it calls itself on its page. */
  name?: string;
  units?: readonly Coded[];
  /** Shortest pause before a message is sent again, ms. */
  paceMs?: number;
}

/** The demo's units, by this platform's own codes. */
export const DEMO_UNITS: readonly Coded[] = [
  { code: 'YK-JY', name: '永康市教育局' },
  { code: 'YK-GA', name: '永康市公安局' },
  { code: 'YK-ZJ', name: '永康市住建局' },
  { code: 'YK-ZF', name: '永康市综合行政执法局' },
];

/** Reads the environment of `npm start`. Throws what is missing, in words. */
export function optionsFromEnvironment(env: NodeJS.ProcessEnv): PlatformOptions {
  const need = (name: string): string => {
    const value = env[name];
    if (!value) {
      throw new Error(`缺少环境变量 ${name}`);
    }
    return value;
  };
  return {
    port: Number(env['PLATFORM_PORT'] ?? 5172),
    file: need('PLATFORM_FILE'),
    peerUrl: need('PLATFORM_PEER_URL'),
    partner: need('PLATFORM_PARTNER'),
    keyId: need('PLATFORM_KEY_ID'),
    secret: need('PLATFORM_SECRET'),
    clockUrl: env['CLOCK_URL'],
    paceMs: Number(env['PLATFORM_PACE_MS'] ?? 1_000),
  };
}
