import { toast } from '../ui/say.ts';
import { useNetwork } from '../stores/network.ts';
import { useReports } from './reports.ts';
import { useUploads } from './uploads.ts';

/** How often waiting reports are tried while some wait, in milliseconds: the browser may not tell that the network is back. */
const TRY_EVERY = 20_000;
let started = false;

async function work(): Promise<void> {
  const through = await useReports().flush();
  if (through.length === 1) {
    await toast(`「${through[0]!.content.title}」已提交`);
  } else if (through.length > 1) {
    await toast(`${through.length} 件民情已提交`);
  }
  useUploads().retryAll();
}

/** Takes up what an earlier visit left on the device, and goes on whenever the network returns. */
export function startBackground(): void {
  if (started) {
    return;
  }
  started = true;
  const reports = useReports();
  void Promise.all([reports.restore(), useUploads().restore()]).then(work);
  useNetwork().onBack(() => void work());
  setInterval(() => {
    if (reports.reports.some((report) => report.state === 'queued')) {
      void work();
    }
  }, TRY_EVERY);
}
