import type { FileView } from '@minqing/shared/contract';
import { FILE_MEGABYTES } from '@minqing/shared/words';
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { asApiError, newId } from '../api/index.ts';
import { useNetwork } from '../stores/network.ts';
import { useSession } from '../stores/session.ts';
import { fileShelf } from './memory.ts';
import type { FileState, LocalFile } from './types.ts';
import { uploadFile } from './upload.ts';

const MB = 1024 * 1024;

/** What a file of this type may have, in MB. */
function limitOf(type: string): number {
  const [family] = type.split('/');
  return family === 'image' || family === 'audio' || family === 'video'
    ? FILE_MEGABYTES[family]
    : FILE_MEGABYTES.document;
}

/** Waits before a cut upload is taken up again, in milliseconds; after the last it asks the person. */
const RETRY_WAITS = [2_000, 6_000, 15_000];

/** A file as a screen shows it: one of this device, or one the server already has. */
export interface UploadItem {
  id: string;
  owner: string;
  name: string;
  image: boolean;
  bytes: number;
  offset: number;
  state: FileState;
  problem: string;
  /** An object URL of this device; empty for a file only the server has. */
  preview: string;
  /** The API's address of its thumbnail; empty for a file only this device has. */
  thumbUrl: string;
}

/**
 * Files on their way to the server, one at a time. They are kept on the device until the server has them whole, so
 * closing the app or losing the network loses nothing; whoever names their ids does not wait for them.
 */
export const useUploads = defineStore('uploads', () => {
  const items = ref<UploadItem[]>([]);
  const session = useSession();
  const network = useNetwork();
  const blobs = new Map<string, LocalFile>();
  const tries = new Map<string, number>();
  let pumping = false;

  const find = (id: string): UploadItem | undefined => items.value.find((item) => item.id === id);
  const of = (owner: string): UploadItem[] => items.value.filter((item) => item.owner === owner);
  const me = (): string => session.me?.person.id ?? '';

  function show(file: LocalFile): void {
    const image = file.type.startsWith('image/');
    blobs.set(file.id, file);
    items.value.push({
      id: file.id,
      owner: file.owner,
      name: file.name,
      image,
      bytes: file.bytes,
      offset: 0,
      state: 'waiting',
      problem: '',
      preview: image ? URL.createObjectURL(file.blob) : '',
      thumbUrl: '',
    });
  }

  /** Takes chosen files for a case and starts sending. Answers a sentence about those left out, or ''. */
  async function add(owner: string, files: readonly File[], room: number): Promise<string> {
    const small = files.filter((file) => file.size <= limitOf(file.type) * MB && file.size > 0);
    const taken = small.slice(0, Math.max(0, room));
    for (const file of taken) {
      const local: LocalFile = {
        id: newId(),
        personId: me(),
        owner,
        name: file.name || '照片.jpg',
        type: file.type,
        bytes: file.size,
        blob: file,
      };
      show(local);
      await fileShelf.put(local.id, local).catch(() => undefined);
    }
    void pump();
    const large = files.find((file) => file.size > limitOf(file.type) * MB);
    if (large) {
      return `${large.name || '有文件'} 超过 ${limitOf(large.type)} MB，没有加进来`;
    }
    if (small.length < files.length) {
      return '有文件是空的，没有加进来';
    }
    return taken.length < small.length ? '文件数到了上限，多的没有加进来' : '';
  }

  /** Shows files the server already has beside new ones. */
  function adopt(owner: string, files: readonly FileView[]): void {
    for (const file of files) {
      if (!find(file.id)) {
        const thumbUrl = file.thumbUrl ?? '';
        items.value.push({
          id: file.id,
          owner,
          name: file.name,
          image: file.kind === 'image',
          bytes: file.bytes,
          offset: file.bytes,
          state: 'ready',
          problem: '',
          preview: '',
          thumbUrl,
        });
      }
    }
  }

  async function send(file: LocalFile, item: UploadItem): Promise<void> {
    item.state = 'sending';
    item.problem = '';
    try {
      const answer = await uploadFile(file, (offset) => {
        item.offset = offset;
      });
      item.state = answer.state === 'refused' ? 'refused' : 'ready';
      item.problem = answer.problem ?? '';
      await forget(file.id);
    } catch (thrown) {
      const error = asApiError(thrown);
      if (!error.lost) {
        item.state = 'refused';
        item.problem = error.title;
        await forget(file.id);
        return;
      }
      postpone(item);
    }
  }

  function postpone(item: UploadItem): void {
    const count = tries.get(item.id) ?? 0;
    tries.set(item.id, count + 1);
    const wait = RETRY_WAITS[count];
    item.state = 'failed';
    if (wait !== undefined && network.online) {
      setTimeout(() => {
        if (item.state === 'failed') {
          item.state = 'waiting';
          void pump();
        }
      }, wait);
    }
  }

  async function forget(id: string): Promise<void> {
    blobs.delete(id);
    tries.delete(id);
    await fileShelf.drop(id).catch(() => undefined);
  }

  /** Sends what waits, one after the other. */
  async function pump(): Promise<void> {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      for (;;) {
        const item = items.value.find((one) => one.state === 'waiting' && blobs.has(one.id));
        const file = item ? blobs.get(item.id) : undefined;
        if (!item || !file) {
          return;
        }
        await send(file, item);
      }
    } finally {
      pumping = false;
    }
  }

  /** Tries a failed file again, now. */
  function retry(id: string): void {
    const item = find(id);
    if (item && item.state === 'failed') {
      tries.delete(id);
      item.state = 'waiting';
      void pump();
    }
  }

  /** Tries all failed ones again. */
  function retryAll(): void {
    for (const item of items.value) {
      if (item.state === 'failed') {
        tries.delete(item.id);
        item.state = 'waiting';
      }
    }
    void pump();
  }

  /** Takes a file away: the report no longer names it. */
  async function remove(id: string): Promise<void> {
    const item = find(id);
    items.value = items.value.filter((one) => one.id !== id);
    if (item?.preview) {
      URL.revokeObjectURL(item.preview);
    }
    await forget(id);
  }

  /** Hands a file over to the case that names it now; it goes on being sent. */
  function hand(id: string, owner: string): void {
    const item = find(id);
    if (!item) {
      return;
    }
    item.owner = owner;
    const file = blobs.get(id);
    if (file) {
      file.owner = owner;
      void fileShelf.put(id, file).catch(() => undefined);
    }
  }

  /** Puts this person's unsent files of an earlier visit back on their way. */
  async function restore(): Promise<void> {
    const stored = await fileShelf.all().catch(() => []);
    for (const file of stored) {
      if (file.personId === me() && !find(file.id)) {
        show(file);
      }
    }
    void pump();
  }

  return { items, of, add, adopt, retry, retryAll, remove, hand, restore };
});
