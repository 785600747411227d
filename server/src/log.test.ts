import { describe, expect, it } from 'vitest';
import { createLog, type LogFields } from './log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(createLog('debug', (line) => lines.push(line)));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('a line of the log', () => {
  it('carries the fields it may, with its message and time', () => {
    const [line] = logged((log) => log.info('request', { requestId: 'r', status: 200 }));
    expect(line).toMatchObject({
      msg: 'request',
      requestId: 'r',
      status: 200,
      time: expect.stringMatching(/Z$/),
    });
  });

  it('drops names, phones and texts whoever passes them', () => {
    const personal = { name: '林晓', phone: '13800000000', text: '红绿灯', caseId: 'c1' } as LogFields;
    const [line] = logged((log) => log.info('case', personal));
    expect(JSON.stringify(line)).not.toMatch(/林晓|13800000000|红绿灯/);
    expect(line?.['caseId']).toBe('c1');
  });

  it('drops an object that hides in a permitted field', () => {
    const [line] = logged((log) => log.info('x', { reason: { phone: '13800000000' } as unknown as string }));
    expect(line).not.toHaveProperty('reason');
  });

  it('blanks what a database’s error quotes, and keeps its code and where it came from', () => {
    const error = Object.assign(new Error("Duplicate entry '13800000000' for key 'phone'\nline two 林晓"), {
      code: 'ER_DUP_ENTRY',
    });
    const [line] = logged((log) => log.error('failed', { error }));
    expect(JSON.stringify(line)).not.toMatch(/13800000000|林晓/);
    expect(line?.['error']).toMatchObject({
      type: 'Error',
      code: 'ER_DUP_ENTRY',
      message: 'Duplicate entry … for key …',
      stack: expect.stringContaining('log.test.ts'),
    });
  });

  it('passes a child’s fields on', () => {
    const [line] = logged((log) => log.child({ requestId: 'r' }).warn('x', { count: 1 }));
    expect(line).toMatchObject({ requestId: 'r', count: 1 });
  });
});
