import getAuthCode from 'gdt-jsapi/es/getAuthCode';
import ready from 'gdt-jsapi/es/ready';
import setTitle from 'gdt-jsapi/es/setTitle';
import { call as callApi } from '../api/client.ts';
import { locateByBrowser } from './browser.ts';
import { positionOf } from './position.ts';
import { HostError, type Colleague, type Host, type Shared } from './port.ts';
import { within } from './within.ts';

/** The bridge of a phone may take five seconds to appear, and a call without one never ends. Milliseconds. */
const READY_LIMIT = 8_000;
const CODE_LIMIT = 10_000;
const CALL_LIMIT = 12_000;
/** A person looks at a chooser as long as they like. */
const CHOOSE_LIMIT = 10 * 60_000;

const NO_CODE = '浙政钉没有给出登录凭证，请退出重进';
/** What device calls of the container are named when they are asked for. */
const DEVICE_CALLS = [
  'getGeolocation',
  'chooseImage',
  'dgChooseImage',
  'readImageToBase64',
  'chooseContactWithComplexPicker',
];

/**
 * The answer, unless it says that the call failed. The Windows client never rejects: it resolves with an `errorCode`, which
 * phones use for rejections, so that both are asked in one place.
 */
export function checked<T>(answer: T, reason: string): T {
  const code = (answer as { errorCode?: unknown } | null | undefined)?.errorCode;
  if (code !== undefined && code !== null && String(code) !== '0') {
    throw new HostError(reason);
  }
  return answer;
}

/** The sign-on code: both spellings happen. */
export function codeOf(answer: unknown): string {
  const told = (checked(answer, NO_CODE) ?? {}) as { code?: string; auth_code?: string };
  const code = told.code || told.auth_code;
  if (!code) {
    throw new HostError(NO_CODE);
  }
  return code;
}

/** What a call that failed means for the person; a chooser that was left says nothing. */
function failed(reason: string): (thrown: unknown) => never {
  return (thrown) => {
    throw thrown instanceof HostError ? thrown : new HostError(reason);
  };
}

const CANCELLED = '-1';
const isCancel = (thrown: unknown): boolean =>
  String((thrown as { errorCode?: unknown } | null)?.errorCode) === CANCELLED;

/** A picture as the container reads it: base64, with or without the head of a data address. */
export function pictureOf(base64: string, name: string): File {
  const [, type = 'image/jpeg', body = base64] = /^data:([^;,]+);base64,(.*)$/s.exec(base64) ?? [];
  const bytes = Uint8Array.from(atob(body), (sign) => sign.charCodeAt(0));
  return new File([bytes], name, { type });
}

let permitted: Promise<boolean> | null = null;

/** Opens the device calls once: by a ticket alone, no page is signed. False when the container does not let us. */
async function permit(): Promise<boolean> {
  permitted ??= (async () => {
    const { data } = await callApi<{ ticket?: string }>('/jsapi', {
      query: { url: location.href.split('#')[0] },
    });
    const { default: authConfig } = await import('gdt-jsapi/es/authConfig');
    const asked = authConfig({ ticket: data.ticket ?? '', jsApiList: DEVICE_CALLS });
    const results = checked(await within(asked, CALL_LIMIT, ''), '');
    return Array.isArray(results) ? results.some((one) => one.validateResult) : true;
  })().catch(() => false);
  const right = await permitted;
  if (!right) {
    permitted = null; // a ticket that ran out, a moment without network: the next wish asks anew
  }
  return right;
}

async function locate() {
  await permit();
  const { default: getGeolocation } = await import('gdt-jsapi/es/getGeolocation');
  const reason = '没有定到位，请手写地点';
  const wish = { targetAccuracy: 200, coordinate: 1, withReGeocode: true, useCache: true };
  const asked = within(getGeolocation(wish), CALL_LIMIT, reason).catch(failed(reason));
  return positionOf(checked(await asked, reason));
}

async function pictures(most: number): Promise<File[]> {
  const reason = '浙政钉打不开相册';
  await permit();
  const [{ default: chooseImage }, { default: readImageToBase64 }] = await Promise.all([
    import('gdt-jsapi/es/chooseImage'),
    import('gdt-jsapi/es/readImageToBase64'),
  ]);
  const chosen = await within(chooseImage({ enableVideo: false }), CHOOSE_LIMIT, reason).catch(
    (thrown: unknown) => (isCancel(thrown) ? { images: [] } : failed(reason)(thrown)),
  );
  const files: File[] = [];
  for (const [at, image] of checked(chosen, reason).images.slice(0, most).entries()) {
    const name = `照片${at + 1}.jpg`;
    if (image.path.startsWith('data:')) {
      files.push(pictureOf(image.path, name));
      continue;
    }
    const read = within(readImageToBase64({ filePath: image.path }), CALL_LIMIT, reason);
    files.push(pictureOf(checked(await read.catch(failed(reason)), reason).base64, name));
  }
  return files;
}

async function colleagues(title: string): Promise<Colleague[]> {
  const reason = '浙政钉打不开通讯录';
  await permit();
  const { default: choose } = await import('gdt-jsapi/es/chooseContactWithComplexPicker');
  const wish = { title, multiple: true, responseUserOnly: true };
  const chosen = await within(choose(wish), CHOOSE_LIMIT, reason).catch((thrown: unknown) =>
    isCancel(thrown) ? { users: [] } : failed(reason)(thrown),
  );
  const { users } = checked(chosen, reason);
  return users.map(({ userid, name }) => ({ userId: userid, name }));
}

async function share(what: Shared): Promise<void> {
  const reason = '浙政钉没有转发出去';
  const { default: shareToMessage } = await import('gdt-jsapi/es/shareToMessage');
  const { url, title, text: content } = what;
  checked(
    await within(shareToMessage({ url, title, content }), CHOOSE_LIMIT, reason).catch(failed(reason)),
    reason,
  );
}

/** The Windows client keeps the package's desktop token; there device calls do not exist. */
export function isWindowsClient(userAgent: string): boolean {
  return userAgent.includes('dingtalk-win');
}

/** The 浙政钉 host: single calls of its package only, loaded here and nowhere else. */
export async function zhezhengdingHost(): Promise<Host> {
  const onPhone = !isWindowsClient(navigator.userAgent);
  await within(new Promise<void>((resolve) => ready(resolve)), READY_LIMIT, '').catch(() => undefined);
  return {
    vendor: 'zhezhengding',
    signOnCode: async (config) =>
      codeOf(
        await within(getAuthCode({ corpId: config.corpId }), CODE_LIMIT, '浙政钉没有回应，请退出重进').catch(
          failed(NO_CODE),
        ),
      ),
    setTitle: (title) => {
      setTitle({ title }).catch(() => undefined);
    },
    locate: onPhone ? locate : locateByBrowser,
    openLink: (url) => {
      import('gdt-jsapi/es/openLink')
        .then(({ default: openLink }) => openLink({ url }))
        .catch(() => undefined);
    },
    close: () => {
      import('gdt-jsapi/es/closePage').then(({ default: closePage }) => closePage({})).catch(() => undefined);
      return true;
    },
    share,
    ...(onPhone ? { pictures, colleagues } : {}),
  };
}
