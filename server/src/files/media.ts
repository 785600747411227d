/** Voice and video carry place and device too. ffmpeg, where the machine has it, copies them without. */
import { spawn } from 'node:child_process';
import { Refused } from './refused.ts';

/** How ffmpeg names the containers: what it reads them with and what it writes them with. */
const CONTAINERS: Readonly<Record<string, readonly [reads: string, writes: string]>> = {
  'audio/mpeg': ['mp3', 'mp3'],
  'audio/mp4': ['mov', 'mp4'],
  'audio/aac': ['aac', 'adts'],
  'audio/amr': ['amr', 'amr'],
  'audio/wav': ['wav', 'wav'],
  'audio/ogg': ['ogg', 'ogg'],
  'audio/webm': ['matroska', 'webm'],
  'audio/3gpp': ['mov', '3gp'],
  'video/mp4': ['mov', 'mp4'],
  'video/quicktime': ['mov', 'mov'],
  'video/webm': ['matroska', 'webm'],
  'video/3gpp': ['mov', '3gp'],
};
const LIMIT_MS = 120_000;

/** Whether the program runs on this machine. */
export async function hasFfmpeg(program: string): Promise<boolean> {
  return (await run(program, ['-hide_banner', '-version'], 10_000).catch(() => -1)) === 0;
}

/**
 * Copies sound and pictures, and nothing else, from one file to another: no tags, chapters, subtitles or data tracks
 * (phones write the way they moved into one). Throws `Refused` when ffmpeg cannot read the file.
 */
export async function stripMedia(program: string, type: string, from: string, to: string): Promise<void> {
  const container = CONTAINERS[type];
  if (!container) {
    throw new Error(`${type} is neither sound nor video`);
  }
  const [reads, writes] = container;
  const isVideo = type.startsWith('video/');
  // The container is known; letting ffmpeg guess would let a playlist name other files.
  const input = ['-protocol_whitelist', 'file', '-f', reads, '-i', from];
  const tracks = isVideo ? ['-map', '0:v:0', '-map', '0:a?'] : ['-map', '0:a:0', '-vn'];
  const bare = [
    '-sn',
    '-dn',
    '-map_metadata',
    '-1',
    '-map_metadata:s',
    '-1',
    '-map_chapters',
    '-1',
    '-fflags',
    '+bitexact',
  ];
  const output = ['-c', 'copy', '-f', writes, to];
  const status = await run(
    program,
    ['-nostdin', '-v', 'error', '-y', ...input, ...tracks, ...bare, ...output],
    LIMIT_MS,
  );
  if (status !== 0) {
    throw new Refused('语音或视频已损坏，打不开');
  }
}

/** The program's exit status, or null when it was killed. Rejects when it cannot be started. */
function run(program: string, args: readonly string[], limitMs: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'ignore', timeout: limitMs, killSignal: 'SIGKILL' });
    child.once('error', reject);
    child.once('close', resolve);
  });
}
