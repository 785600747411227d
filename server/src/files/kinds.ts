/** Which files people may send: kinds and what an announcement claims. What a file really is, content.ts finds. */
import type { FileKind } from '@minqing/shared/words';

export type { FileKind };

interface TypeFacts {
  kind: FileKind;
  /** Endings files of this type go by; the first is given to files that have another one. */
  extensions: readonly string[];
}

const OOXML = 'application/vnd.openxmlformats-officedocument';

/** Every type that is taken, by the name under which it is stored and served. */
export const TYPES: Readonly<Record<string, TypeFacts>> = {
  'image/jpeg': { kind: 'image', extensions: ['jpg', 'jpeg', 'jpe', 'jfif'] },
  'image/png': { kind: 'image', extensions: ['png'] },
  'image/webp': { kind: 'image', extensions: ['webp'] },
  'image/heic': { kind: 'image', extensions: ['heic', 'heif', 'hif'] },
  'application/pdf': { kind: 'document', extensions: ['pdf'] },
  'application/msword': { kind: 'document', extensions: ['doc'] },
  'application/vnd.ms-excel': { kind: 'document', extensions: ['xls'] },
  'application/vnd.ms-powerpoint': { kind: 'document', extensions: ['ppt'] },
  [`${OOXML}.wordprocessingml.document`]: { kind: 'document', extensions: ['docx'] },
  [`${OOXML}.spreadsheetml.sheet`]: { kind: 'document', extensions: ['xlsx'] },
  [`${OOXML}.presentationml.presentation`]: { kind: 'document', extensions: ['pptx'] },
  'audio/mpeg': { kind: 'audio', extensions: ['mp3'] },
  'audio/mp4': { kind: 'audio', extensions: ['m4a'] },
  'audio/aac': { kind: 'audio', extensions: ['aac'] },
  'audio/amr': { kind: 'audio', extensions: ['amr'] },
  'audio/wav': { kind: 'audio', extensions: ['wav'] },
  'audio/ogg': { kind: 'audio', extensions: ['ogg', 'oga', 'opus'] },
  'audio/webm': { kind: 'audio', extensions: ['weba'] },
  'audio/3gpp': { kind: 'audio', extensions: ['3ga'] },
  'video/mp4': { kind: 'video', extensions: ['mp4', 'm4v'] },
  'video/quicktime': { kind: 'video', extensions: ['mov', 'qt'] },
  'video/webm': { kind: 'video', extensions: ['webm'] },
  'video/3gpp': { kind: 'video', extensions: ['3gp', '3gpp'] },
};

/** Other names devices and file-type give to the same types. */
const ALIASES: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/heif': 'image/heic',
  'image/heic-sequence': 'image/heic',
  'image/heif-sequence': 'image/heic',
  'application/x-pdf': 'application/pdf',
  'audio/mp3': 'audio/mpeg',
  'audio/x-m4a': 'audio/mp4',
  'audio/m4a': 'audio/mp4',
  'audio/x-aac': 'audio/aac',
  'audio/amr-nb': 'audio/amr',
  'audio/x-wav': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/vnd.wave': 'audio/wav',
  'audio/opus': 'audio/ogg',
  'application/ogg': 'audio/ogg',
  'video/x-m4v': 'video/mp4',
  'video/matroska-webm': 'video/webm',
};

/** A type in the name used here, without parameters (`audio/webm;codecs=opus`); undefined when it is not taken. */
export function knownType(type: string): string | undefined {
  const bare = (type.split(';', 1)[0] ?? '').trim().toLowerCase();
  const name = ALIASES[bare] ?? bare;
  return Object.hasOwn(TYPES, name) ? name : undefined;
}

/** The type a file's name claims. */
function typeByName(name: string): string | undefined {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase();
  return Object.keys(TYPES).find((type) => ending !== undefined && TYPES[type]?.extensions.includes(ending));
}

/**
 * The type an announcement claims: as declared, else by the name's ending, since some devices declare nothing for HEIC
 * and documents. Undefined when neither is a type that is taken.
 */
export function claimedType(declared: string, name: string): string | undefined {
  const isVague = declared === '' || declared === 'application/octet-stream';
  return isVague ? typeByName(name) : knownType(declared);
}

/** Whether a known type is one of Office's ZIPs. */
export const isOfficeZip = (type: string): boolean => type.startsWith(OOXML);

/** The kind of a known type. */
export function kindOf(type: string): FileKind {
  const facts = TYPES[type];
  if (!facts) {
    throw new Error(`${type} is no type of files/`);
  }
  return facts.kind;
}

const LONGEST_NAME = 80;

/**
 * A name that can stand on a page, in a header and on any disk: no path, no control characters, none of the characters
 * that turn the direction of text (they make `gpj.exe` of `exe.jpg`), at most 80 characters, its ending kept.
 */
export function safeName(name: string): string {
  const base = name.normalize('NFC').split(/[\\/]/).pop() ?? '';
  const clean = base
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}<>:"|?*]/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const dot = clean.lastIndexOf('.');
  const ending = dot > 0 && clean.length - dot <= 6 ? clean.slice(dot) : '';
  // By characters, so that none is cut in two.
  const stem = Array.from(clean.slice(0, clean.length - ending.length)).slice(
    0,
    LONGEST_NAME - ending.length,
  );
  return stem.join('').trim() + ending || '文件';
}

/** The name with the ending of what the file has become: a HEIC is served as JPEG and must be called so. */
export function nameFor(name: string, type: string): string {
  const extensions = TYPES[type]?.extensions ?? [];
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
  if (extensions.includes(ending)) {
    return name;
  }
  const isOurEnding = Object.values(TYPES).some((facts) => facts.extensions.includes(ending));
  return `${isOurEnding ? name.slice(0, dot) : name}.${extensions[0] ?? 'bin'}`;
}
