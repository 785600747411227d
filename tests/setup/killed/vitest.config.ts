import { defineConfig } from 'vitest/config';

/** A run of its own, started by mariadb-killed.test.ts: its one test passes while the database dies under it. */
export default defineConfig({
  root: new URL('../../..', import.meta.url).pathname,
  test: {
    name: 'killed',
    include: ['tests/setup/killed/kills.fixture.ts'],
    globalSetup: ['tests/support/mariadb.setup.ts'],
  },
});
