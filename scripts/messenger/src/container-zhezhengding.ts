import type { ContainerKit, ContainerSetup, Params } from './container-kit.ts';

/**
 * Runs in the page after the kit, as the text of this function. It answers the JSAPI the way the container of 浙政钉 does: by
 * `AlipayJSBridge` and bare names on phones, by `dingtalk.platform.invokeAPI` and long names in the Windows client, whose
 * calls never fail: what went wrong stands in `errorCode` of the answer. Device calls want an `authConfig` before.
 */
export function installZhezhengding(kit: ContainerKit, setup: ContainerSetup): void {
  const self = window as unknown as Record<string, unknown>;
  const { words, refuse, asRefusal, tell, post, toast, dialog, preview, openLink, close } = kit;
  const onPc = setup.mode === 'gdt-pc';
  let permitted: string[] = [];

  /** Both spellings happen; the phone says one, the Windows client the other. */
  const code = (): Promise<Params> =>
    post('code', {}).then((answer) =>
      onPc ? { code: answer.code } : { auth_code: answer.code, expireTime: 300 },
    );

  const authConfig = (params: Params): Promise<unknown> =>
    post('ticket', { ticket: params.ticket }).then((answer) => {
      const asked = Array.isArray(params.jsApiList) ? params.jsApiList.map(words) : [];
      const valid = answer.valid === true;
      permitted = valid ? asked : [];
      return asked.map((name) => ({ name, validateResult: valid }));
    });

  /** Calls that need a successful `authConfig` naming them. */
  const guarded =
    (name: string, answer: (params: Params) => unknown) =>
    (params: Params): unknown => {
      if (permitted.indexOf(name) < 0) {
        throw refuse('7', `${name} 需要先通过 authConfig 鉴权`);
      }
      return answer(params);
    };

  const choosePeople = guarded('chooseContactWithComplexPicker', () =>
    post('colleagues', {}).then((answer) => {
      const people = Array.isArray(answer.people) ? (answer.people as Params[]) : [];
      const labels = people.map((one) => words(one.name));
      return dialog({ title: '选择联系人' }, [...labels, '取消']).then((at) => {
        const chosen = people[at];
        if (chosen === undefined) {
          throw refuse('-1', '取消了选择');
        }
        return { selectedCount: 1, users: [chosen], departments: [] };
      });
    }),
  );

  /** A picture drawn on the spot: there is no camera. */
  const choosePicture = guarded('dgChooseImage', () => {
    const canvas = document.createElement('canvas');
    canvas.width = 320;
    canvas.height = 240;
    const pen = canvas.getContext('2d');
    if (pen !== null) {
      pen.fillStyle = '#7A869C';
      pen.fillRect(0, 0, 320, 240);
      pen.fillStyle = '#F5F7FA';
      pen.fillRect(60, 120, 200, 80);
    }
    const path = canvas.toDataURL('image/jpeg', 0.8);
    return { images: [{ path, size: path.length, type: 0 }] };
  });

  const share = (params: Params): Promise<Params> =>
    toast({ content: `已分享：${words(params.title) || words(params.url)}` });
  const setTitle = (params: Params): Params => {
    tell('title', { title: words(params.title) });
    return {};
  };
  const version = (): Params => ({ version: setup.version });

  const phone: Record<string, (params: Params) => unknown> = {
    getAuthCode: code,
    authConfig,
    setTitle,
    version,
    openLink,
    pushWindow: openLink,
    popWindow: close,
    goBack: () => {
      window.history.back();
      return {};
    },
    previewImage: preview,
    dgChooseImage: choosePicture,
    getGeolocation: guarded('getGeolocation', () => kit.place),
    chooseContactWithComplexPicker: choosePeople,
    shareToMessage: share,
    toast: (params) => toast({ content: params.content, duration: Number(params.duration || 2000) / 1000 }),
    alert: (params) => dialog(params, [words(params.buttonText) || '好']).then(() => ({})),
    getNetworkType: () => ({ result: navigator.onLine ? 'wifi' : 'none' }),
    getUUID: () => ({ uuid: `local-${setup.phone}` }),
  };

  /** The Windows client has no `authConfig` and no place. */
  const pc: Record<string, (params: Params) => unknown> = {
    'runtime.permission.requestAuthCode': code,
    'biz.navigation.setTitle': setTitle,
    'biz.navigation.quit': close,
    'biz.util.openLink': openLink,
    'biz.util.previewImage': preview,
    'biz.util.share': share,
    'device.notification.toast': toast,
    'device.notification.alert': (params) => dialog(params, ['好']).then(() => ({})),
    version,
  };

  const system = onPc ? 'Windows NT 10.0; Win64; x64' : 'Linux; Android 12';
  const client = onPc
    ? `dingtalk-win/1.0.0 TaurusApp(ZJ/${setup.version})`
    : `Mobile Nebula mPaaSClient TaurusApp(ZJ/${setup.version})`;
  kit.setUserAgent(
    `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/78.0.3904.130 Safari/537.36 ${client}`,
  );

  if (!onPc) {
    self.AlipayJSBridge = {
      call: (method: string, params?: Params, done?: (result: unknown) => void) => {
        kit.answer(phone, method, params || {}).then(
          (result) => done && done({ errorCode: '0', result }),
          (error) => done && done(asRefusal(error)),
        );
      },
    };
    return;
  }
  const listeners: ((name: string, data: Params) => void)[] = [];
  self.dingtalk = {
    event: { register: (listener: (name: string, data: Params) => void) => listeners.push(listener) },
    platform: {
      invokeAPI: (msgId: unknown, method: string, params?: Params) => {
        const emit = (body: unknown): void =>
          listeners.forEach((listener) => listener('openapi.event.emit', { msgId, body }));
        kit.answer(pc, method, params || {}).then(emit, (error) => emit(asRefusal(error)));
      },
    },
  };
}
