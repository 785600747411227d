/** What checks of hosts share: findings, and how far the platform is away in network and time. */
import { HostError } from '../port.ts';
import type { Finding, HostCheck } from '../port.ts';

export const good = (says: string): Finding => ({ state: 'good', says });
export const note = (says: string, todo: string): Finding => ({ state: 'note', says, todo });
export const bad = (says: string, todo: string): Finding => ({ state: 'bad', says, todo });
export const left = (says: string): Finding => ({ state: 'left', says });

/** A check whose work may throw: a host's refusal is explained, anything else is told as it is. */
export function check(
  title: string,
  work: (sendTo: string | null) => Promise<Finding>,
  explain: (error: HostError) => Finding,
  essential = false,
): HostCheck {
  return {
    title,
    essential,
    async run(sendTo) {
      try {
        return await work(sendTo);
      } catch (error) {
        return error instanceof HostError
          ? explain(error)
          : bad(
              `没有查成：${error instanceof Error ? error.message : String(error)}`,
              '把这一行交给技术支持',
            );
      }
    },
  };
}

/** The first of a list that may be long, and how many were read until `limit`. */
export async function firstOf<T>(source: AsyncIterable<T>, limit: number): Promise<T[]> {
  const found: T[] = [];
  for await (const item of source) {
    found.push(item);
    if (found.length >= limit) {
      break;
    }
  }
  return found;
}

/** Seconds our clock may be off before a platform minds: tokens and codes live minutes, signatures less. */
const SKEW_MS = 60_000;
const TIMEOUT_MS = 8_000;

const CAUSES: Record<string, [says: string, todo: string]> = {
  ENOTFOUND: ['域名解析不到', '检查服务器的 DNS；政务外网要用内网的 DNS 或写 hosts'],
  EAI_AGAIN: ['域名解析不到', '检查服务器的 DNS；政务外网要用内网的 DNS 或写 hosts'],
  ECONNREFUSED: ['对方没有在这个端口上', '检查地址和端口写得对不对'],
  ETIMEDOUT: ['连接超时', '请网络管理员放行服务器到这个地址的 443 端口'],
  EHOSTUNREACH: ['到不了这个地址', '请网络管理员放行服务器到这个地址的 443 端口'],
  ENETUNREACH: ['到不了这个地址', '请网络管理员放行服务器到这个地址的 443 端口'],
  CERT_HAS_EXPIRED: ['对方的证书过期了', '先核对服务器的时间；时间对的话，是对方的证书或中间代理的问题'],
  CERT_NOT_YET_VALID: ['对方的证书还没有生效', '多半是服务器的时间不对，先校时'],
};

function causeOf(error: unknown): [says: string, todo: string] {
  const name = error instanceof Error ? error.name : '';
  if (name === 'TimeoutError' || name === 'AbortError') {
    return ['连接超时', '请网络管理员放行服务器到这个地址的 443 端口'];
  }
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  const code = typeof cause?.code === 'string' ? cause.code : '';
  const known = CAUSES[code];
  if (known) {
    return known;
  }
  return /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO/.test(code)
    ? [`证书不被信任（${code}）`, '把单位或政务外网的根证书写进 NODE_EXTRA_CA_CERTS，不要关闭证书校验']
    : [`连不上（${code || 'network'}）`, '检查地址、防火墙和代理；Node 不读系统代理，要直连或由网络层转发'];
}

/** Whether each address answers at all, whatever it says, and how far its clock is from ours. */
export function reaches(
  title: string,
  bases: readonly string[],
  with_: { fetch?: typeof fetch | undefined; machineNow(): number },
): HostCheck {
  const send = with_.fetch ?? fetch;
  return {
    title,
    essential: true,
    async run() {
      const told: string[] = [];
      for (const base of new Set(bases)) {
        try {
          const response = await send(base, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
          await response.body?.cancel();
          const theirs = Date.parse(response.headers.get('date') ?? '');
          const off = with_.machineNow() - theirs;
          if (!Number.isNaN(theirs) && Math.abs(off) > SKEW_MS) {
            const minutes = Math.round(Math.abs(off) / 60_000);
            return bad(
              `本机时钟比平台${off > 0 ? '快' : '慢'}约 ${minutes} 分钟`,
              '给服务器校时（timedatectl set-ntp true 或 chrony 指向单位的时间源），再查一遍',
            );
          }
          told.push(new URL(base).host);
        } catch (error) {
          const [says, todo] = causeOf(error);
          return bad(`${base}：${says}`, todo);
        }
      }
      return good(`${told.join('、')} 连得上，证书有效，时钟相差不到一分钟`);
    },
  };
}

/** What every platform's refusal has in common; null where only the vendor knows. */
export function commonCause(error: HostError): Finding | null {
  switch (error.kind) {
    case 'throttled':
      return note('平台正在限流，没有查成', '过一分钟再查；经常这样，请核对是否有别的程序用同一个应用密钥');
    case 'unavailable':
      return error.code === 'notJson' || error.code.startsWith('http.')
        ? bad('回答的不是平台（不是 JSON）', '中间有代理或防火墙改写了回答，或地址写成了别的网站；核对地址')
        : bad(`平台没有正常回答（${error.code}）`, '过几分钟再查；一直这样，请看平台的公告');
    default:
      return null;
  }
}
