/** What the container is told about the phone it runs in. */
export interface ContainerSetup {
  mode: 'dd-ios' | 'dd-pc';
  /** `p1`, `pc1`, … */
  phone: string;
  /** The only origin the container talks to outside its own frame. */
  deskOrigin: string;
  version: string;
}

/**
 * Runs in the page, as the text of this function: it may use nothing from outside itself, and only what the web views of the
 * time have. It answers the JSAPI the way the container of the platform does: the iOS bridge object on phones, `window.name` and
 * posted messages in the PC window. Sign-on codes and signature checks come from the messenger, under `/__container/` of the
 * page's own origin. Title, close and links are told to the desk around the frame.
 */
export function installContainer(setup: ContainerSetup): void {
  type Params = Record<string, unknown>;
  type Refusal = { errorCode: string; errorMessage: string };
  const self = window as unknown as Record<string, unknown>;
  const inFrame = window.parent !== window;
  let permitted: string[] | null = null;

  const refuse = (errorCode: string, errorMessage: string): Refusal => ({ errorCode, errorMessage });
  const words = (value: unknown): string =>
    typeof value === 'string' ? value : value == null ? '' : String(value);

  /** Tells the desk; a page that stands alone has nobody to tell. */
  const tell = (type: string, detail: Params): void => {
    if (inFrame) {
      window.parent.postMessage(
        { source: 'minqing-container', phone: setup.phone, type, ...detail },
        setup.deskOrigin,
      );
    }
  };

  const post = (path: string, body: Params): Promise<Params> =>
    fetch(`/__container/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }).then((answer) =>
      answer.json().then((value: Params) => {
        if (answer.ok) {
          return value;
        }
        throw refuse(words(value.errorCode) || '-1', words(value.errorMessage));
      }),
    );

  const box = (
    parent: HTMLElement,
    tag: string,
    style: Record<string, string>,
    text?: string,
  ): HTMLElement => {
    const element = document.createElement(tag);
    Object.assign(element.style, style);
    if (text !== undefined) {
      element.textContent = text;
    }
    parent.appendChild(element);
    return element;
  };

  const layer = (dim: string): HTMLElement =>
    box(document.body, 'div', {
      position: 'fixed',
      top: '0',
      right: '0',
      bottom: '0',
      left: '0',
      zIndex: '99999',
      background: dim,
      display: 'flex',
      alignItems: 'center',
      justifyContent: 'center',
      font: '16px/1.55 system-ui, "PingFang SC", "Noto Sans CJK SC", sans-serif',
    });

  const toast = (params: Params): Promise<Params> => {
    const around = layer('transparent');
    around.style.pointerEvents = 'none';
    around.setAttribute('role', 'status');
    const style = {
      background: 'rgba(22,32,46,.88)',
      color: '#fff',
      padding: '10px 16px',
      borderRadius: '10px',
      maxWidth: '70%',
    };
    box(around, 'div', style, words(params.text || params.content));
    return new Promise((resolve) => {
      setTimeout(
        () => {
          around.remove();
          resolve({});
        },
        Number(params.duration || 2) * 1000,
      );
    });
  };

  const dialog = (params: Params, labels: string[]): Promise<number> =>
    new Promise((resolve) => {
      const around = layer('rgba(10,16,26,.5)');
      const panel = box(around, 'div', {
        background: '#fff',
        color: '#16202E',
        borderRadius: '14px',
        padding: '20px 16px 12px',
        width: '78%',
        maxWidth: '320px',
      });
      panel.setAttribute('role', 'alertdialog');
      box(panel, 'div', { fontWeight: '600', marginBottom: '8px' }, words(params.title));
      box(panel, 'div', { color: '#55627A', marginBottom: '12px' }, words(params.message || params.content));
      labels.forEach((label, index) => {
        const button = box(
          panel,
          'button',
          {
            display: 'block',
            width: '100%',
            minHeight: '44px',
            border: '0',
            background: 'none',
            color: '#1F5FE0',
            font: 'inherit',
          },
          label,
        );
        button.addEventListener('click', () => {
          around.remove();
          resolve(index);
        });
      });
    });

  const preview = (params: Params): Params => {
    const urls = Array.isArray(params.urls) ? params.urls.map(words) : [];
    const around = layer('rgba(0,0,0,.92)');
    const image = box(around, 'img', {
      maxWidth: '100%',
      maxHeight: '100%',
      objectFit: 'contain',
    }) as HTMLImageElement;
    image.src = words(params.current) || urls[0] || '';
    image.alt = '';
    around.setAttribute('role', 'dialog');
    let at = Math.max(0, urls.indexOf(image.src));
    around.addEventListener('click', () => {
      at += 1;
      if (at >= urls.length) {
        around.remove();
        return;
      }
      image.src = urls[at] || '';
    });
    return {};
  };

  /** A link of the platform's own kind, unwrapped to the page it opens. */
  const pageOf = (link: string): string => {
    let url = link;
    for (let depth = 0; depth < 4 && url.indexOf('dingtalk://dingtalkclient/') === 0; depth += 1) {
      const query = new URLSearchParams(url.slice(url.indexOf('?') + 1));
      url =
        query.get('url') ||
        query.get(setup.mode === 'dd-pc' ? 'pcLink' : 'mobileLink') ||
        query.get('redirect_url') ||
        '';
    }
    return url;
  };

  const openLink = (params: Params): Params => {
    const url = words(params.url);
    if (inFrame) {
      tell('openLink', { url });
      return {};
    }
    const page = pageOf(url);
    if (/^https?:/.test(page)) {
      window.location.assign(page);
    }
    return {};
  };

  const close = (): Params => {
    tell('close', {});
    return {};
  };

  const config = (params: Params): Promise<Params> =>
    post('config', { ...params, url: window.location.href.split('#')[0] }).then(() => {
      permitted = Array.isArray(params.jsApiList) ? params.jsApiList.map(words) : [];
      return {};
    });

  const code = (): Promise<Params> => post('code', {}).then((answer) => ({ code: answer.code }));

  /** Calls that need a successful `dd.config` naming them. */
  const guarded = (method: string, answer: () => Params): Params => {
    if (permitted === null || permitted.indexOf(method) < 0) {
      throw refuse('7', `${method} 需要先通过 dd.config 鉴权`);
    }
    return answer();
  };

  const handlers: Record<string, (params: Params) => unknown> = {
    'runtime.permission.requestAuthCode': code,
    'runtime.permission.requestAuthCodeV2': code,
    'runtime.permission.requestJsApis': config,
    config,
    authConfig: config,
    'biz.navigation.setTitle': (params) => {
      tell('title', { title: words(params.title) });
      return {};
    },
    'biz.navigation.close': close,
    'biz.navigation.quit': close,
    'biz.navigation.goBack': () => {
      window.history.back();
      return {};
    },
    'biz.navigation.setLeft': () => ({}),
    'biz.navigation.setRight': () => ({}),
    'biz.navigation.setMenu': () => ({}),
    'biz.util.openLink': openLink,
    'biz.util.previewImage': preview,
    'biz.util.getNetworkType': () => ({ result: navigator.onLine ? 'wifi' : 'none' }),
    'device.notification.toast': toast,
    'device.notification.alert': (params) =>
      dialog(params, [words(params.buttonName) || '好']).then(() => ({})),
    'device.notification.confirm': (params) => {
      const labels = Array.isArray(params.buttonLabels) ? params.buttonLabels.map(words) : ['取消', '确定'];
      return dialog(params, labels).then((buttonIndex) => ({ buttonIndex }));
    },
    'device.notification.actionSheet': (params) => {
      const labels = Array.isArray(params.otherButtons) ? params.otherButtons.map(words) : [];
      return dialog(params, [...labels, words(params.cancelButton) || '取消']).then((index) => ({
        buttonIndex: index < labels.length ? index : -1,
      }));
    },
    'device.notification.showPreloader': () => ({}),
    'device.notification.hidePreloader': () => ({}),
    'device.notification.vibrate': () => ({}),
    'device.connection.getNetworkType': () => ({ result: navigator.onLine ? 'wifi' : 'none' }),
    'device.geolocation.get': () =>
      guarded('device.geolocation.get', () => ({
        longitude: 119.6472,
        latitude: 29.0789,
        accuracy: 30,
        address: '浙江省金华市婺城区迎宾大道',
        province: '浙江省',
        city: '金华市',
        district: '婺城区',
        road: '迎宾大道',
        netType: 'wifi',
        operatorType: '',
      })),
    'ui.webViewBounce.disable': () => ({}),
    'ui.webViewBounce.enable': () => ({}),
    'ui.pullToRefresh.enable': () => ({}),
    'ui.pullToRefresh.disable': () => ({}),
    'ui.pullToRefresh.stop': () => ({}),
  };

  const answer = (method: string, params: Params): Promise<unknown> =>
    Promise.resolve().then(() => {
      const handler = handlers[method];
      if (handler === undefined) {
        throw refuse('3', `本机信使没有 ${method}`);
      }
      return handler(params);
    });

  const asRefusal = (error: unknown): unknown =>
    error instanceof Error ? refuse('-1', error.message) : error;

  const userAgents = {
    'dd-ios': `Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 AliApp(DingTalk/${setup.version}) Channel/201200 language/zh-Hans-CN`,
    'dd-pc': `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 dingtalk/${setup.version} DingTalk(${setup.version})`,
  };
  Object.defineProperty(navigator, 'userAgent', { value: userAgents[setup.mode], configurable: true });

  if (setup.mode === 'dd-ios') {
    self.WebViewJavascriptBridge = {
      init: () => undefined,
      registerHandler: () => undefined,
      callHandler: (method: string, params: Params, done?: (result: unknown) => void) => {
        answer(method, params || {}).then(
          (result) => done && done({ errorCode: '0', result }),
          (error) => done && done(asRefusal(error)),
        );
      },
    };
  } else {
    const hostOrigin = 'https://im.dingtalk.com';
    window.name = JSON.stringify({
      hostOrigin,
      containerId: 'c1',
      hostVersion: setup.version,
      language: 'zh_CN',
      corsIframe: true,
    });
    self.dingtalk = { platform: { invokeAPI: () => undefined }, event: { register: () => undefined } };
    const native = window.postMessage.bind(window) as (...rest: unknown[]) => void;
    const deliver = (data: Params): void => {
      window.dispatchEvent(new MessageEvent('message', { data, origin: hostOrigin }));
    };
    self.postMessage = (...all: unknown[]): void => {
      const message = (all[0] || {}) as Params;
      if (message.type !== 'request' || message.containerId !== 'c1') {
        native(...all);
        return;
      }
      const method = words(message.methodName);
      if (method === 'SYS_openAPIContainerInitEvent') {
        self.__containerEventId = message.msgId;
        return;
      }
      answer(method, (message.body || {}) as Params).then(
        (body) => deliver({ type: 'response', msgId: message.msgId, success: true, body }),
        (error) =>
          deliver({ type: 'response', msgId: message.msgId, success: false, body: asRefusal(error) }),
      );
    };
  }

  // The desk may pass on what a real client would tell the page: resume, pause, online, offline, backbutton …
  window.addEventListener('message', (event) => {
    const message = (event.data || {}) as Params;
    if (event.origin !== setup.deskOrigin || message.source !== 'minqing-desk') {
      return;
    }
    if (message.type === 'back') {
      window.history.back();
      return;
    }
    document.dispatchEvent(new CustomEvent(words(message.type), { detail: message.detail }));
  });
  document.addEventListener('DOMContentLoaded', () =>
    tell('ready', { title: document.title, url: window.location.href }),
  );
  window.addEventListener('hashchange', () => tell('navigated', { url: window.location.href }));
}
