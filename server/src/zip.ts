/** Reading a ZIP's directory and single entries, with limits no archive can talk its way around; writing it anew. */
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

/** It is damaged, or not what it says; `problem` is for whoever sent it. */
export class BadZip extends Error {
  override name = 'BadZip';
  readonly problem: string;

  constructor(problem: string, cause?: unknown) {
    super('the archive is refused', { cause });
    this.problem = problem;
  }
}

/** 1980-01-01 00:00, the first a ZIP can tell: when its parts were written is nobody's business. */
const FIRST_DAY = 0x0021_0000;
const MOST_ENTRIES = 10_000;
const DAMAGED = '文件已损坏，打不开';

export interface Entry {
  name: string;
  encrypted: boolean;
  method: number;
  crc: number;
  packed: number;
  unpacked: number;
  at: number;
}

/** The central directory. Everything from the first byte to the last must belong to this ZIP and no other file. */
export function zipEntries(bytes: Buffer): Entry[] {
  const end = endOfZip(bytes);
  if (end === null || bytes.readUInt32LE(0) !== 0x04034b50) {
    throw new BadZip(DAMAGED);
  }
  const count = bytes.readUInt16LE(end + 10);
  const start = bytes.readUInt32LE(end + 16);
  if (count === 0 || count > MOST_ENTRIES || start + bytes.readUInt32LE(end + 12) !== end) {
    throw new BadZip(DAMAGED);
  }
  const entries: Entry[] = [];
  for (let at = start; entries.length < count;) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== 0x02014b50) {
      throw new BadZip(DAMAGED);
    }
    const nameLength = bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  if (!entries.some((entry) => entry.at === 0)) {
    throw new BadZip(DAMAGED);
  }
  return entries;
}

/** Where the record that ends a ZIP begins, if these bytes end as one: its comment must reach exactly to the end. */
export function endOfZip(bytes: Buffer): number | null {
  const earliest = Math.max(0, bytes.length - 22 - 0xffff);
  for (let at = bytes.length - 22; at >= earliest; at -= 1) {
    if (bytes.readUInt32LE(at) === 0x06054b50 && at + 22 + bytes.readUInt16LE(at + 20) === bytes.length) {
      return at;
    }
  }
  return null;
}

/** One entry's bytes. Throws `BadZip` when they are damaged or more than `most`, whatever the directory says. */
export function unpackEntry(bytes: Buffer, entry: Entry, most: number): Buffer {
  try {
    const start = entry.at + 30 + bytes.readUInt16LE(entry.at + 26) + bytes.readUInt16LE(entry.at + 28);
    const packed = bytes.subarray(start, start + entry.packed);
    return entry.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: most });
  } catch (error) {
    throw new BadZip(DAMAGED, error);
  }
}

/**
 * Throws `BadZip` unless everything in the ZIP unpacks to what its directory says, and to at most `most` bytes
 * altogether: whoever unpacks it afterwards meets no surprise.
 */
export function requireHonestZip(bytes: Buffer, most: number): void {
  let left = most;
  for (const entry of zipEntries(bytes)) {
    if (entry.unpacked > left) {
      throw new BadZip('文件展开后太大，不能使用');
    }
    if (unpackEntry(bytes, entry, Math.max(entry.unpacked, 1)).length !== entry.unpacked) {
      throw new BadZip(DAMAGED);
    }
    left -= entry.unpacked;
  }
}

/**
 * The same ZIP with some entries' contents replaced (by what `change` answers; undefined keeps an entry as it is). It is
 * written anew, so that nothing stays between or behind the entries.
 */
export function rewriteZip(bytes: Buffer, change: (entry: Entry) => Buffer | undefined): Buffer {
  const heads: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  const entries = zipEntries(bytes);
  for (const entry of entries) {
    const fresh = change(entry);
    const start = entry.at + 30 + bytes.readUInt16LE(entry.at + 26) + bytes.readUInt16LE(entry.at + 28);
    const packed = fresh ? deflateRawSync(fresh) : bytes.subarray(start, start + entry.packed);
    const name = Buffer.from(entry.name, 'utf8');
    // Version, flags (names are UTF-8), method, time, date, CRC, packed, unpacked, lengths of name and extra field.
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(0x0800, 2);
    facts.writeUInt16LE(fresh ? 8 : entry.method, 4);
    facts.writeUInt32LE(FIRST_DAY, 6);
    facts.writeUInt32LE(fresh ? crc32(fresh) : entry.crc, 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(fresh ? fresh.length : entry.unpacked, 18);
    facts.writeUInt16LE(name.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    heads.push(Buffer.from('PK\x03\x04'), facts, name, packed);
    central.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), facts, tail, name);
    at += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...heads, directory, end]);
}
