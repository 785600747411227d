/**
 * Looks at a configuration step by step, as an administrator set it up: our own side, then each host. Every finding says in
 * Chinese what is wrong and where it is put right; nothing is changed, and a message is sent only when asked for.
 */
import type { Finding, HostCheck } from '../hosts/index.ts';

export { serverChecks } from './server.checks.ts';

export interface CheckGroup {
  /** 「服务器」「钉钉（dingtalk）」 */
  title: string;
  checks: readonly HostCheck[];
  /** Whom the host's trial message may go to. */
  sendTo?: string | null;
}

export interface Report {
  title: string;
  findings: (Finding & { title: string })[];
}

const SIGNS: Record<Finding['state'], string> = { good: '✓', note: '!', bad: '✗', left: '–' };

/** Runs the checks in order; after an essential one that failed the rest of its group is left. `heard` gets each as it comes. */
export async function examine(
  groups: readonly CheckGroup[],
  heard: (line: string) => void = () => undefined,
): Promise<Report[]> {
  const reports: Report[] = [];
  for (const { title, checks, sendTo = null } of groups) {
    heard(`\n${title}`);
    const findings: Report['findings'] = [];
    let stopped = false;
    for (const check of checks) {
      const found: Finding = stopped ? { state: 'left', says: '先解决上面的问题' } : await check.run(sendTo);
      findings.push({ title: check.title, ...found });
      heard(lineOf(check.title, found));
      stopped ||= found.state === 'bad' && check.essential === true;
    }
    reports.push({ title, findings });
  }
  return reports;
}

function lineOf(title: string, { state, says, todo }: Finding): string {
  return `  ${SIGNS[state]} ${title}：${says}${todo === undefined ? '' : `\n      怎么办：${todo}`}`;
}

/** 「查了 14 项：12 项正常，1 项要留意，1 项不对」 */
export function summaryOf(reports: readonly Report[]): { text: string; ok: boolean } {
  const all = reports.flatMap((report) => report.findings);
  const of = (state: Finding['state']): number => all.filter((one) => one.state === state).length;
  const parts = [
    `${of('good')} 项正常`,
    ...(of('note') > 0 ? [`${of('note')} 项要留意`] : []),
    ...(of('bad') > 0 ? [`${of('bad')} 项不对`] : []),
    ...(of('left') > 0 ? [`${of('left')} 项没有查`] : []),
  ];
  return { text: `查了 ${all.length} 项：${parts.join('，')}`, ok: of('bad') === 0 };
}
