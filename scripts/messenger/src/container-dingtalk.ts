import type { ContainerKit, ContainerSetup, Params } from './container-kit.ts';

/**
 * Runs in the page after the kit, as the text of this function. It answers the JSAPI the way DingTalk's container does: the iOS
 * bridge object on phones, `window.name` and posted messages in the PC window. Sign-on codes and signature checks come from
 * the messenger.
 */
export function installDingTalk(kit: ContainerKit, setup: ContainerSetup): void {
  const self = window as unknown as Record<string, unknown>;
  const { words, refuse, asRefusal, tell, post, toast, dialog, preview, openLink, close } = kit;
  let permitted: string[] | null = null;

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
    'device.geolocation.get': () => guarded('device.geolocation.get', () => kit.place),
    'ui.webViewBounce.disable': () => ({}),
    'ui.webViewBounce.enable': () => ({}),
    'ui.pullToRefresh.enable': () => ({}),
    'ui.pullToRefresh.disable': () => ({}),
    'ui.pullToRefresh.stop': () => ({}),
  };

  const answer = (method: string, params: Params): Promise<unknown> => kit.answer(handlers, method, params);

  const userAgents = {
    'dd-ios': `Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 AliApp(DingTalk/${setup.version}) Channel/201200 language/zh-Hans-CN`,
    'dd-pc': `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 dingtalk/${setup.version} DingTalk(${setup.version})`,
  };
  kit.setUserAgent(userAgents[setup.mode === 'dd-pc' ? 'dd-pc' : 'dd-ios']);

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
}
