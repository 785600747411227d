/** What the container is told about the phone it runs in. */
export interface ContainerSetup {
  mode: 'dd-ios' | 'dd-pc' | 'gdt-phone' | 'gdt-pc';
  /** `p1`, `pc1`, … */
  phone: string;
  /** The only origin the container talks to outside its own frame. */
  deskOrigin: string;
  version: string;
}

export type Params = Record<string, unknown>;

/** What both containers are made of. */
export interface ContainerKit {
  words(value: unknown): string;
  refuse(errorCode: string, errorMessage: string): { errorCode: string; errorMessage: string };
  asRefusal(error: unknown): unknown;
  /** Tells the desk around the frame. */
  tell(type: string, detail: Params): void;
  /** Asks the messenger, under `/__container/` of the page's own origin. */
  post(path: string, body: Params): Promise<Params>;
  toast(params: Params): Promise<Params>;
  /** Resolves with the number of the button that was pressed. */
  dialog(params: Params, labels: string[]): Promise<number>;
  preview(params: Params): Params;
  openLink(params: Params): Params;
  close(): Params;
  setUserAgent(userAgent: string): void;
  /** What a handler answers; a method without one is refused. */
  answer(
    handlers: Record<string, (params: Params) => unknown>,
    method: string,
    params: Params,
  ): Promise<unknown>;
  /** A place in Jinhua. */
  place: Params;
}

/**
 * Runs in the page, as the text of this function: it may use nothing from outside itself, and only what the web views of the
 * time have.
 */
export function buildContainerKit(setup: ContainerSetup): ContainerKit {
  type Refusal = { errorCode: string; errorMessage: string };
  const inFrame = window.parent !== window;

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
    for (
      let depth = 0;
      depth < 4 && /^(dingtalk:\/\/dingtalkclient|taurus:\/\/taurusclient)\//.test(url);
      depth += 1
    ) {
      const query = new URLSearchParams(url.slice(url.indexOf('?') + 1));
      url =
        query.get('url') ||
        query.get(setup.mode.endsWith('pc') ? 'pcLink' : 'mobileLink') ||
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

  const place = {
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
  };

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

  return {
    words,
    refuse,
    asRefusal: (error) => (error instanceof Error ? refuse('-1', error.message) : error),
    tell,
    post,
    toast,
    dialog,
    preview,
    openLink,
    close,
    setUserAgent: (userAgent) =>
      Object.defineProperty(navigator, 'userAgent', { value: userAgent, configurable: true }),
    answer: (handlers, method, params) =>
      Promise.resolve().then(() => {
        const handler = handlers[method];
        if (handler === undefined) {
          throw refuse('3', `本机信使没有 ${method}`);
        }
        return handler(params);
      }),
    place,
  };
}
