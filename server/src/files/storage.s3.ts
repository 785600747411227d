/** Objects in S3-compatible storage (MinIO, Ceph, the clouds' own). */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { checkKey, type Storage } from './storage.ts';

export interface S3Options {
  endpoint: string;
  region: string;
  bucket: string;
  accessKey: string;
  secretKey: string;
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`. */
  pathStyle: boolean;
}

export function createS3Storage(options: S3Options): Storage {
  const Bucket = options.bucket;
  const client = new S3Client({
    endpoint: options.endpoint,
    region: options.region,
    credentials: { accessKeyId: options.accessKey, secretAccessKey: options.secretKey },
    forcePathStyle: options.pathStyle,
    maxAttempts: 3,
    // Newer checksum trailers are unknown to most compatible storages.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });

  return {
    async put(key, source) {
      if (!('path' in source)) {
        await client.send(
          new PutObjectCommand({ Bucket, Key: checkKey(key), Body: source, ContentLength: source.length }),
        );
        return;
      }
      const { size } = await stat(source.path);
      const Body = createReadStream(source.path);
      try {
        await client.send(new PutObjectCommand({ Bucket, Key: checkKey(key), Body, ContentLength: size }));
      } finally {
        Body.destroy();
      }
    },
    async get(key, range) {
      const Range = range ? `bytes=${range.start}-${range.end}` : undefined;
      const found = await orNull(
        client.send(new GetObjectCommand({ Bucket, Key: checkKey(key), ...(Range ? { Range } : {}) })),
      );
      return (found?.Body as Readable | undefined) ?? null;
    },
    async size(key) {
      const found = await orNull(client.send(new HeadObjectCommand({ Bucket, Key: checkKey(key) })));
      return found?.ContentLength ?? null;
    },
    async delete(key) {
      await client.send(new DeleteObjectCommand({ Bucket, Key: checkKey(key) }));
    },
    async deleteFolder(folder) {
      const Prefix = `${checkKey(folder)}/`;
      for (;;) {
        const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix, MaxKeys: 1_000 }));
        const Objects = (page.Contents ?? []).map(({ Key }) => ({ Key }));
        if (Objects.length === 0) {
          return;
        }
        const { Errors } = await client.send(
          new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
        );
        if (Errors && Errors.length > 0) {
          throw new Error(`the storage would not delete ${Errors.length} objects`);
        }
      }
    },
  };
}

/** Null for an object that is not there. A HEAD has no body, so only its status tells. */
async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (status === 404) {
      return null;
    }
    throw error;
  }
}
