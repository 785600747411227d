import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

const MARIADB = ['tests/support/mariadb.setup.ts'];
/** Browsers show the mini-app as it is deployed. */
const BUILT = 'tests/support/miniapp.setup.ts';
const TEST = '*.test.ts';

/** Two files at a time, group after group: a page alone, and a server that comes back from a kill, wait more than they work. */
const SIDE_BY_SIDE = { sequence: { groupOrder: 0 }, maxWorkers: 2 };
const patient = (groupOrder: number, testTimeout: number) => ({
  sequence: { groupOrder },
  maxWorkers: 2,
  testTimeout,
  hookTimeout: testTimeout,
});
/** Several phones and their server fill the machine by themselves: one file at a time. */
const alone = (groupOrder: number, testTimeout: number) => ({
  sequence: { groupOrder },
  maxWorkers: 1,
  fileParallelism: false,
  testTimeout,
  hookTimeout: testTimeout,
});

const NODE = { environment: 'node', env: { TZ: 'UTC' }, testTimeout: 20_000, hookTimeout: 60_000 } as const;

export default defineConfig({
  test: {
    projects: [
      { test: { ...NODE, ...SIDE_BY_SIDE, name: 'shared', include: [`shared/**/${TEST}`] } },
      {
        // Dates once more where the machine's clock is China's: nothing may depend on the zone it runs in.
        test: {
          ...NODE,
          ...SIDE_BY_SIDE,
          name: 'shared-shanghai',
          include: [`shared/src/{calendar,time}/**/${TEST}`],
          env: { TZ: 'Asia/Shanghai' },
        },
      },
      {
        test: {
          ...NODE,
          ...SIDE_BY_SIDE,
          name: 'server',
          include: [`server/**/${TEST}`],
          globalSetup: MARIADB,
        },
      },
      { test: { ...NODE, ...SIDE_BY_SIDE, name: 'messenger', include: [`scripts/messenger/**/${TEST}`] } },
      {
        plugins: [vue()],
        test: {
          ...NODE,
          ...SIDE_BY_SIDE,
          name: 'miniapp',
          include: [`miniapp/**/${TEST}`],
          environment: 'happy-dom',
          server: { deps: { inline: ['vant'] } },
        },
      },
      {
        // Whatever crosses packages and needs neither a browser nor kills, the scripts' own tests included.
        test: {
          ...NODE,
          ...SIDE_BY_SIDE,
          name: 'protocol',
          include: [`tests/**/${TEST}`, `scripts/**/${TEST}`],
          exclude: ['**/node_modules/**', 'tests/{e2e,desk,screens,bundle,chaos}/**', 'scripts/messenger/**'],
          globalSetup: MARIADB,
          testTimeout: 60_000,
        },
      },
      {
        // The mini-app in a browser with its API in memory.
        test: {
          ...NODE,
          ...patient(1, 180_000),
          name: 'screens',
          include: [`tests/{screens,bundle}/**/${TEST}`],
          globalSetup: [BUILT],
        },
      },
      {
        test: {
          ...NODE,
          ...alone(2, 180_000),
          name: 'browser',
          include: [`tests/{e2e,desk}/**/${TEST}`],
          globalSetup: [...MARIADB, BUILT],
        },
      },
      {
        test: {
          ...NODE,
          ...patient(3, 600_000),
          name: 'chaos',
          include: [`tests/chaos/**/${TEST}`],
          globalSetup: [...MARIADB, BUILT],
        },
      },
    ],
  },
});
