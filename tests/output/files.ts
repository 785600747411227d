/** Files as whoever got them opens them: downloads, entries of archives, LibreOffice. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findSoffice, onPath } from '../../scripts/setup/system.mjs';
import { unpackEntry, zipEntries } from '../../server/src/zip.ts';
import type { Citizen, Town } from '../support/town.ts';

export interface Got {
  status: number;
  type: string;
  name: string;
  bytes: Buffer;
}

/** A file of the API as this person gets it. */
export async function fetched(town: Town, citizen: Citizen, path: string): Promise<Got> {
  const response = await fetch(`${town.url}/api${path}`, { headers: citizen.headers });
  const named = /filename\*=UTF-8''(.+)$/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    name: decodeURIComponent(named ?? ''),
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

/** The texts of a ZIP by their path. */
export const unzipped = (bytes: Buffer): Map<string, Buffer> =>
  new Map(zipEntries(bytes).map((entry) => [entry.name, unpackEntry(bytes, entry, 100_000_000)]));

/**
 * Opens a file in LibreOffice and saves it as another kind; answers the new file and whatever was said beside the one
 * line that tells what it does.
 */
export function converted(bytes: Buffer, ending: string, kind: string): { file: Buffer; said: string } {
  const { files, said } = allConverted([['in', bytes]], ending, kind);
  return { file: files.get('in') as Buffer, said };
}

/** The same with many at once, by their names: LibreOffice takes longer to start than to read. */
export function allConverted(
  given: readonly (readonly [name: string, bytes: Buffer])[],
  ending: string,
  kind: string,
): { files: Map<string, Buffer>; said: string } {
  const soffice = findSoffice();
  if (!soffice) {
    throw new Error('LibreOffice is missing: npm test installs it');
  }
  const folder = mkdtempSync(join(tmpdir(), 'minqing-office-'));
  try {
    const paths = given.map(([name, bytes]) => {
      const path = join(folder, `${name}.${ending}`);
      writeFileSync(path, bytes);
      return path;
    });
    const out = join(folder, 'out');
    const home = `-env:UserInstallation=file://${folder}/profile`;
    const said = execFileSync(
      soffice,
      [home, '--headless', '--convert-to', kind, '--outdir', out, ...paths],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: 120_000,
      },
    );
    const made = readdirSync(out);
    // A sheet's name may stand behind the file's.
    const files = given.flatMap(([name]): [string, Buffer][] => {
      const file = made.find((one) => one.startsWith(`${name}.`) || one.startsWith(`${name}-`));
      return file ? [[name, readFileSync(join(out, file))]] : [];
    });
    return {
      files: new Map(files),
      said: said.replace(/^(convert|Overwriting|Writing sheet) .+$/gm, '').trim(),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The pages of a PDF as PNG pictures, first to last. */
export function pagesOf(pdf: Buffer, dotsPerInch = 72): Buffer[] {
  const program = onPath('pdftoppm');
  if (!program) {
    throw new Error('pdftoppm is missing: npm test installs it');
  }
  const folder = mkdtempSync(join(tmpdir(), 'minqing-pages-'));
  try {
    writeFileSync(join(folder, 'in.pdf'), pdf);
    execFileSync(program, ['-png', '-r', String(dotsPerInch), join(folder, 'in.pdf'), join(folder, 'page')]);
    const pages = readdirSync(folder).filter((name) => name.endsWith('.png'));
    return pages.toSorted().map((name) => readFileSync(join(folder, name)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
