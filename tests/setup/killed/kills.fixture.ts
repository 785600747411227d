import { expect, inject, it } from 'vitest';

it('passes, having killed the private MariaDB', () => {
  expect(process.kill(inject('mariaDbPid'), 'SIGKILL')).toBe(true);
});
