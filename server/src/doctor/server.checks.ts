/** What must be right on our own side: database, files, the address people open, and who may call from elsewhere. */
import { randomUUID } from 'node:crypto';
import type { Config } from '../config.ts';
import { createLocalStorage, createS3Storage, type Storage } from '../files/index.ts';
import type { Finding, HostCheck } from '../hosts/index.ts';
import { readOrigins } from '../origins/index.ts';
import { openStore } from '../store/index.ts';

const TIMEOUT_MS = 8_000;
const DATABASE_MS = 5_000;

const good = (says: string): Finding => ({ state: 'good', says });
const note = (says: string, todo: string): Finding => ({ state: 'note', says, todo });
const bad = (says: string, todo: string): Finding => ({ state: 'bad', says, todo });
const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export interface ServerCheckDeps {
  config: Config;
  fetch?: typeof fetch;
}

export function serverChecks({ config, fetch: send = fetch }: ServerCheckDeps): HostCheck[] {
  let asked: Promise<Facts> | undefined;
  const facts = (): Promise<Facts> => (asked ??= readFacts(config.databaseUrl));
  return [
    { title: '数据库', run: () => checkDatabase(config.databaseUrl, facts()) },
    { title: '附件存放', run: () => checkFiles(config.files) },
    { title: '对外地址', run: () => checkAddress(config, send) },
    { title: '别处的前端', run: () => checkOrigins(config, send, facts()) },
  ];
}

interface Facts {
  grants: number;
  origins: string[];
}

/** What the checks read of the database, once; the driver itself tries for minutes. Rejects with why it cannot be read. */
async function readFacts(url: string): Promise<Facts> {
  const reading = (async () => {
    const store = await openStore({ url, readOnly: true });
    try {
      return await store.read(async (db) => {
        const { n } = await db
          .selectFrom('role_grant')
          .select((eb) => eb.fn.countAll<number>().as('n'))
          .executeTakeFirstOrThrow();
        const origins = [...(await readOrigins(db)).values()].flatMap((host) => host.origins);
        return { grants: Number(n), origins };
      });
    } finally {
      await store.close();
    }
  })();
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error('没有在时限内连上')), DATABASE_MS).unref();
  });
  reading.catch(() => undefined); // told by whoever came first
  return Promise.race([reading, late]);
}

async function checkDatabase(url: string, facts: Promise<Facts>): Promise<Finding> {
  const kind = url.startsWith('mysql:') ? 'MySQL 系' : 'SQLite';
  try {
    const { grants } = await facts;
    return grants > 0
      ? good(`${kind} 连得上，名单里有 ${grants} 条授权`)
      : note(
          `${kind} 连得上，但名单还是空的`,
          '用 npm run roster 导入，至少要有一位管理员，否则谁也登录不了',
        );
  } catch (error) {
    return /no such table|doesn't exist|unable to open database file/i.test(words(error))
      ? note(`${kind} 里还没有表`, '启动一次服务（node server/src/main.ts）或导入名单，会自动建好')
      : bad(
          `${kind} 用不了：${words(error)}`,
          '核对 DATABASE_URL：主机、端口、账号、库名；库要先建好，字符集 utf8mb4',
        );
  }
}

async function checkFiles(files: Config['files']): Promise<Finding> {
  const key = `doctor/${randomUUID()}`;
  const where = files.s3 ? `对象存储 ${files.s3.bucket}` : files.dir;
  try {
    const storage: Storage = files.s3 ? createS3Storage(files.s3) : createLocalStorage(files.dir);
    await storage.put(key, new TextEncoder().encode('doctor'));
    const size = await storage.size(key);
    await storage.delete(key);
    return size === 6
      ? good(`${where} 写得进、读得出、删得掉`)
      : bad(`${where} 写进去的和读出来的不一样`, '这个存储不能用，换一个');
  } catch (error) {
    return bad(
      `${where} 用不了：${words(error)}`,
      files.s3
        ? '核对 FILES_S3_ENDPOINT、桶、密钥和 FILES_S3_PATH_STYLE；密钥要有读、写、删的权限'
        : '核对 FILES_DIR：文件夹要在，运行服务的账号要能写',
    );
  }
}

interface FrontConfig {
  api?: unknown;
  hosts?: { id?: unknown; vendor?: unknown }[];
}

async function readConfig(send: typeof fetch, base: string): Promise<FrontConfig> {
  const response = await send(new URL('config.json', base.endsWith('/') ? base : `${base}/`), {
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) {
    throw new Error(`config.json 回答 ${response.status}`);
  }
  return (await response.json()) as FrontConfig;
}

async function checkAddress(config: Config, send: typeof fetch): Promise<Finding> {
  if (config.mode === 'production' && !config.publicUrl.startsWith('https:')) {
    return bad(
      `${config.publicUrl} 不是 https`,
      'PUBLIC_URL 要写 https 地址，前面放一个有正式证书的反向代理',
    );
  }
  try {
    const front = await readConfig(send, config.publicUrl);
    const served = new Set(front.hosts?.map((host) => host.vendor));
    const missing = config.hosts.filter((vendor) => !served.has(vendor));
    return missing.length > 0
      ? note(`${config.publicUrl} 上运行的服务没有接入 ${missing.join('、')}`, '改了 HOSTS 要重启服务')
      : good(`${config.publicUrl} 打得开，服务在运行`);
  } catch (error) {
    return note(
      `${config.publicUrl} 打不开：${words(error)}`,
      '服务没有启动就先启动；已经启动的，核对反向代理和 PUBLIC_URL，以及这台机器能不能解析自己的域名',
    );
  }
}

/** Fronts on other origins: each is registered, and the running server lets it in. */
async function checkOrigins(config: Config, send: typeof fetch, facts: Promise<Facts>): Promise<Finding> {
  const app = config.hosts.includes('zhezhengding') ? new URL(config.zhezhengding.appUrl).origin : null;
  const needed = app && app !== new URL(config.publicUrl).origin ? [app] : [];
  const registered = await facts.then(
    ({ origins }) => origins,
    () => null, // told by the database's own check
  );
  const origins = new Set([...needed, ...(registered ?? [])]);
  if (origins.size === 0) {
    return { state: 'left', says: '前端就在服务器上，不用跨域' };
  }
  const forgotten = registered && needed.find((origin) => !registered.includes(origin));
  if (forgotten) {
    return bad(
      `${forgotten} 还没有登记`,
      `npm run origins 看用法，或在「管理 · 前端来源」里登记 ${forgotten}`,
    );
  }
  for (const origin of origins) {
    try {
      const answer = await send(`${config.publicUrl}/api/me`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'GET' },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (answer.headers.get('access-control-allow-origin') !== origin) {
        return bad(
          `服务器不许 ${origin} 调用`,
          '核对「管理 · 前端来源」里的网址，一字不差；反向代理不要去掉或改写 CORS 头',
        );
      }
    } catch (error) {
      return note(`没有查成：${words(error)}`, '服务启动后再查一遍');
    }
  }
  return good(`${[...origins].join('、')} 可以调用接口`);
}
