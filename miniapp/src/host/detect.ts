import type { HostVendor } from './port.ts';

/**
 * Which messenger carries the page, before any of its packages is loaded. Facts: 浙政钉 has `TaurusApp` in its user
 * agent (also with DingTalk's kernel, so it is asked first); DingTalk phones have `DingTalk`; DingTalk on a PC needs no
 * user agent, it puts a JSON object with a `containerId` into `window.name`.
 */
export function detectVendor(userAgent: string, windowName: string): HostVendor {
  if (/TaurusApp/.test(userAgent)) {
    return 'zhezhengding';
  }
  if (/DingTalk/i.test(userAgent) || /\{[^]*"containerId"[^]*\}/.test(windowName)) {
    return 'dingtalk';
  }
  return 'browser';
}

export type DingTalkPlatform = 'ios' | 'android' | 'harmony' | 'pc';

/** The platform dingtalk-jsapi will choose for the same page, so that only its bridge is loaded. */
export function detectDingTalkPlatform(userAgent: string): DingTalkPlatform {
  if (!/DingTalk/i.test(userAgent)) {
    return 'pc';
  }
  if (/iPhone|iPad|iPod|iOS/i.test(userAgent)) {
    return 'ios';
  }
  if (/OpenHarmony/i.test(userAgent) && /ArkWeb/i.test(userAgent)) {
    return 'harmony';
  }
  return /Android/i.test(userAgent) ? 'android' : 'pc';
}
