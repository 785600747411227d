/**
 * A small S3 over HTTP for tests: objects by path-style address, ranges, listing, deleting many, and errors as XML, in
 * the shapes of Amazon's REST API reference. It refuses requests whose signature does not name its access key.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeS3 {
  url: string;
  objects: Map<string, Buffer>;
  /** Method and address of every request. */
  requests: string[];
  /** Answers the next requests with 503, as many as this says. */
  failures: number;
  close(): Promise<void>;
}

export const ACCESS_KEY = 'test-access-key';

export async function startFakeS3(bucket: string): Promise<FakeS3> {
  const fake: FakeS3 = {
    url: '',
    objects: new Map(),
    requests: [],
    failures: 0,
    close: async () => undefined,
  };
  const server = createServer((request, response) => {
    void answer(fake, bucket, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  fake.close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return fake;
}

async function answer(
  fake: FakeS3,
  bucket: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body: Buffer[] = [];
  for await (const chunk of request) {
    body.push(chunk as Buffer);
  }
  const url = new URL(request.url ?? '/', 'http://fake');
  const method = request.method ?? '';
  const key = decodeURIComponent(url.pathname.slice(bucket.length + 2));
  const say = (
    status: number,
    text: string | Buffer = '',
    headers: Record<string, string | number> = {},
  ): void => {
    response
      .writeHead(status, { 'content-length': Buffer.byteLength(text), ...headers })
      .end(method === 'HEAD' ? undefined : text);
  };
  const fail = (status: number, code: string): void =>
    say(status, `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`, {
      'content-type': 'application/xml',
    });
  fake.requests.push(`${method} ${url.pathname}`);
  if (!(request.headers.authorization ?? '').includes(`Credential=${ACCESS_KEY}/`)) {
    return fail(403, 'InvalidAccessKeyId');
  }
  if (fake.failures > 0) {
    fake.failures -= 1;
    return fail(503, 'SlowDown');
  }
  if (!url.pathname.startsWith(`/${bucket}`)) {
    return fail(404, 'NoSuchBucket');
  }
  if (url.searchParams.has('list-type')) {
    const prefix = url.searchParams.get('prefix') ?? '';
    // Two a page, so that whoever forgets the next page is found out.
    const keys = [...fake.objects.keys()].filter((one) => one.startsWith(prefix)).slice(0, 2);
    const contents = keys.map((one) => `<Contents><Key>${one}</Key></Contents>`).join('');
    return say(200, `<?xml version="1.0"?><ListBucketResult>${contents}</ListBucketResult>`, {
      'content-type': 'application/xml',
    });
  }
  if (method === 'POST' && url.searchParams.has('delete')) {
    for (const [, one] of Buffer.concat(body)
      .toString()
      .matchAll(/<Key>([^<]*)<\/Key>/g)) {
      fake.objects.delete(one ?? '');
    }
    return say(200, '<?xml version="1.0"?><DeleteResult/>', { 'content-type': 'application/xml' });
  }
  if (method === 'PUT') {
    fake.objects.set(key, Buffer.concat(body));
    return say(200, '', { etag: '"x"' });
  }
  if (method === 'DELETE') {
    fake.objects.delete(key);
    return say(204);
  }
  const found = fake.objects.get(key);
  if (!found) {
    return fail(404, 'NoSuchKey');
  }
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
  if (start === undefined || end === undefined) {
    return method === 'HEAD' ? say(200, '', { 'content-length': found.length }) : say(200, found);
  }
  return say(206, found.subarray(Number(start), Number(end) + 1));
}
