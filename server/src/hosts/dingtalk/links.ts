/** Links as the platform page 消息链接说明 writes them: every nested URL percent-encoded once per nesting. */
export interface Links {
  /** The mini-app's own address at `path` (`/#/…`). */
  page(path: string): string;
  /** Opens it full screen on a phone. */
  mobile(path: string): string;
  /** Opens it in the side panel on a PC; a plain https link would go to the system browser, where nobody is signed on. */
  pc(path: string): string;
  /** One link for both: the platform picks by device. */
  both(path: string): string;
}

const PAGE_LINK = 'dingtalk://dingtalkclient/page/link?url=';
const PLATFORM_LINK = 'dingtalk://dingtalkclient/action/open_platform_link';

/** `$CORPID$` of `appUrl` is replaced here: the platform does so for the home page only, not in messages and cards. */
export function createLinks(appUrl: string, corpId: string): Links {
  const home = appUrl.replaceAll('$CORPID$', encodeURIComponent(corpId)).replace(/#.*$/, '');
  const page = (path: string): string => {
    const hash = path.indexOf('#');
    return hash === -1 ? home : `${home}${path.slice(hash)}`;
  };
  const mobile = (path: string): string => `${PAGE_LINK}${encodeURIComponent(page(path))}`;
  const pc = (path: string): string => `${mobile(path)}&pc_slide=true`;
  return {
    page,
    mobile,
    pc,
    both: (path) =>
      `${PLATFORM_LINK}?pcLink=${encodeURIComponent(pc(path))}&mobileLink=${encodeURIComponent(mobile(path))}`,
  };
}
