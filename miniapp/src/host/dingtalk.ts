import { call as callApi } from '../api/client.ts';
import type { HostConfig } from '../config.ts';
import { locateByBrowser } from './browser.ts';
import { positionOf } from './position.ts';
import { detectDingTalkPlatform } from './detect.ts';
import { HostError, type Host } from './port.ts';
import { within } from './within.ts';

/** The package sets no time limit of its own: without the container's peer a call hangs for ever. Milliseconds. */
const CODE_LIMIT = 10_000;
const CALL_LIMIT = 12_000;

type Invoke = (params: Record<string, unknown>) => Promise<unknown>;
interface Sdk {
  config(options: Record<string, unknown>): void;
  ready(then: () => void): void;
  error(then: (reason: unknown) => void): void;
}

/**
 * The function an API module exports. The package is CommonJS; how its default export arrives depends on the importing
 * project's module type, and both shapes occur.
 */
export function exported(module: unknown): unknown {
  let value = module;
  for (
    let depth = 0;
    depth < 2 && typeof value === 'object' && value !== null && 'default' in value;
    depth += 1
  ) {
    value = value.default;
  }
  return value;
}

async function loadBridge(): Promise<void> {
  const platform = detectDingTalkPlatform(navigator.userAgent);
  if (platform === 'ios') {
    await import('dingtalk-jsapi/platform/ios');
  } else if (platform === 'android') {
    await import('dingtalk-jsapi/platform/android');
  } else if (platform === 'harmony') {
    await import('dingtalk-jsapi/platform/harmony');
  } else {
    await import('dingtalk-jsapi/platform/pc');
  }
}

let configured: Promise<void> | null = null;

/** Only the first config of a page counts, and only device calls need one. Signed for the page's address without hash. */
async function configure(hosts: readonly HostConfig[]): Promise<void> {
  const url = location.href.split('#')[0]!;
  const { data } = await callApi<Record<string, unknown>>('/jsapi', { query: { url } });
  const module = exported(await import('dingtalk-jsapi/lib/ddSdk')) as { ddSdk: { getExportSdk(): Sdk } };
  const sdk = module.ddSdk.getExportSdk();
  await new Promise<void>((resolve, reject) => {
    sdk.error(reject);
    sdk.config({ agentId: hosts[0]?.agentId, ...data, type: 0, jsApiList: ['device.geolocation.get'] });
    sdk.ready(resolve);
  });
}

/** The DingTalk host: bridge and single APIs only, loaded here and nowhere else. */
export async function dingtalkHost(hosts: readonly HostConfig[]): Promise<Host> {
  const [, codeModule, titleModule] = await Promise.all([
    loadBridge(),
    import('dingtalk-jsapi/api/runtime/permission/requestAuthCode'),
    import('dingtalk-jsapi/api/biz/navigation/setTitle'),
  ]);
  const requestAuthCode = exported(codeModule) as Invoke;
  const setTitle = exported(titleModule) as Invoke;
  const onPhone = detectDingTalkPlatform(navigator.userAgent) !== 'pc';

  return {
    vendor: 'dingtalk',
    signOnCode: async (config) => {
      const answer = (await within(
        requestAuthCode({ corpId: config.corpId }),
        CODE_LIMIT,
        '钉钉没有回应，请退出重进',
      )) as {
        code?: string;
      };
      if (!answer?.code) {
        throw new HostError('钉钉没有给出登录凭证，请退出重进');
      }
      return answer.code;
    },
    setTitle: (title) => {
      setTitle({ title }).catch(() => undefined);
    },
    locate: async () => {
      if (!onPhone) {
        return locateByBrowser();
      }
      configured ??= configure(hosts).catch(() => undefined);
      await within(configured, CALL_LIMIT, '').catch(() => undefined);
      const get = exported(await import('dingtalk-jsapi/api/device/geolocation/get')) as Invoke;
      const asked = get({ targetAccuracy: 200, coordinate: 1, withReGeocode: true, useCache: true });
      return positionOf(await within(asked, CALL_LIMIT, '没有定到位，请手写地点'));
    },
    openLink: (url) => {
      import('dingtalk-jsapi/api/biz/util/openLink')
        .then((module) => (exported(module) as Invoke)({ url }))
        .catch(() => undefined);
    },
    close: () => {
      const close = onPhone
        ? import('dingtalk-jsapi/api/biz/navigation/close')
        : import('dingtalk-jsapi/api/biz/navigation/quit');
      close.then((module) => (exported(module) as Invoke)({})).catch(() => undefined);
      return true;
    },
  };
}
