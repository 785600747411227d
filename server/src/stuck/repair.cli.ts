/**
 * `npm run cases:repair -- <id or number> | --all [--dry-run]`: exit code 0 when nothing stands still any more, 1 when
 * something does, 2 when it was called wrongly or could not be done.
 */
import { parseArgs } from 'node:util';
import { createApp } from '../app.ts';
import { ConfigError, loadConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { DatabaseInUse } from '../store/index.ts';
import { lineOf, numberOf, openBeside } from './beside.ts';
import { findAllStuck, findStuck } from './find.ts';
import type { CheckDeps, Finding } from './model.ts';

const USAGE = `用法：npm run cases:repair -- <民情的编号或 id> [--dry-run]
      npm run cases:repair -- --all [--dry-run]
  --dry-run  只说出会做什么，不修改`;

interface Wanted {
  name: string | null;
  dryRun: boolean;
}

function wantedOf(): Wanted | null {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { all: { type: 'boolean', default: false }, 'dry-run': { type: 'boolean', default: false } },
  });
  const [name = null, ...more] = positionals;
  return more.length > 0 || (name === null) !== values.all ? null : { name, dryRun: values['dry-run'] };
}

async function main(): Promise<number> {
  const wanted = wantedOf();
  if (!wanted) {
    console.error(USAGE);
    return 2;
  }
  const config = loadConfig();
  if (wanted.dryRun) {
    const beside = await openBeside(config);
    try {
      const findings = await findWanted(beside.deps, wanted.name);
      for (const finding of findings) {
        console.log(lineOf(finding, await numberOf(beside.deps, finding.caseId)));
      }
      console.log(`预演，没有修改：${findings.length} 处。 Dry run: ${findings.length} found.`);
      return findings.length === 0 ? 0 : 1;
    } finally {
      await beside.close();
    }
  }
  const app = await createApp({ config, log: createLog('warn'), version: 'repair' });
  try {
    const findings = await findWanted(app.stuck.deps, wanted.name);
    const subjects = new Map(findings.map((f) => [f.subject, f.caseId]));
    let left = 0;
    for (const [subject, caseId] of subjects) {
      const repaired = await app.stuck.repairSubject({ subject, case_id: caseId });
      const number = await numberOf(app.stuck.deps, caseId);
      console.log(
        `${repaired.left.length === 0 ? '✓' : '✗'} ${number}  ${repaired.done.join('；') || '没有能自动做的'}`,
      );
      repaired.left.forEach((finding) => console.log(`  ${lineOf(finding, number)}`));
      left += repaired.left.length > 0 ? 1 : 0;
    }
    console.log(
      `修好 ${subjects.size - left} 件，还剩 ${left} 件。 ${subjects.size - left} repaired, ${left} left.`,
    );
    return left === 0 ? 0 : 1;
  } finally {
    await app.stop();
  }
}

async function findWanted(deps: CheckDeps, name: string | null): Promise<Finding[]> {
  if (name !== null) {
    const row = await deps.store.read((db) =>
      db
        .selectFrom('cases')
        .select('id')
        .where((eb) => eb.or([eb('id', '=', name), eb('number', '=', name)]))
        .executeTakeFirst(),
    );
    return findStuck(deps, row?.id ?? name);
  }
  const findings: Finding[] = [];
  await findAllStuck(deps, (finding) => void findings.push(finding));
  return findings;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (error instanceof DatabaseInUse) {
      console.error(
        '数据库正被服务占用：请在「管理 › 卡住的民情」里修复，或先停下服务；MySQL 没有这个限制。',
      );
    } else {
      console.error(error instanceof ConfigError ? error.message : error);
    }
    process.exitCode = 2;
  },
);
