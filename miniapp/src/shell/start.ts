import { loadConfig } from '../config.ts';
import { loadHost } from '../host/index.ts';
import { useSession } from '../stores/session.ts';

/** Configuration, then the messenger, then the session. The address with its hash stays as it was opened. Never throws. */
export async function start(): Promise<void> {
  const session = useSession();
  try {
    const config = await loadConfig();
    await loadHost(config.hosts);
  } catch {
    session.fail('没有连上服务器，检查网络后再试一次');
    return;
  }
  await session.start();
}
