import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The repository's root, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** One thing that is looked at and either holds or does not. */
export type Step = {
  /** What a person reads, Chinese first. */
  name: string;
  run: () => Promise<StepResult>;
};

export type StepResult = { ok: boolean; output: string };

/**
 * Runs a Node program of the checkout quietly and keeps what it said.
 * @param program path from the root, e.g. `node_modules/typescript/bin/tsc`
 */
export function nodeStep(name: string, program: string, ...args: string[]): Step {
  return { name, run: () => runQuietly([program, ...args]) };
}

function runQuietly(args: string[]): Promise<StepResult> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const take = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', (error) => resolve({ ok: false, output: error.message }));
    child.once('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/** Runs steps, two at a time, and prints each as it ends. Returns how many held and how many did not. */
export async function runSteps(steps: Step[]): Promise<{ passed: number; failed: number }> {
  const waiting = [...steps];
  const tally = { passed: 0, failed: 0 };
  const work = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const began = Date.now();
      const { ok, output } = await step.run();
      tally[ok ? 'passed' : 'failed'] += 1;
      console.log(`${ok ? '✓' : '✗'} ${step.name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
      if (!ok) {
        console.log(output.trimEnd().replace(/^/gm, '    '));
      }
    }
  };
  await Promise.all([work(), work()]);
  return tally;
}
