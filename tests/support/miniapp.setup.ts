import { buildMiniapp, miniappIsBuilt } from '../../scripts/build/miniapp.ts';

/** Before the browser tests: the mini-app as it is deployed, built when its sources changed. */
export async function setup(): Promise<void> {
  const problem = miniappIsBuilt() ? undefined : await buildMiniapp();
  if (problem !== undefined) {
    throw new Error(`the mini-app did not build:\n${problem}`);
  }
}
