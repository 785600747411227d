/** Files people may send, by kind: how large, in MB. The device says so before it sends, the server whatever comes. */
export const FILE_MEGABYTES = { image: 20, document: 20, audio: 20, video: 100 } as const;
export type FileKind = keyof typeof FILE_MEGABYTES;
