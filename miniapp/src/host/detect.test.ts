import { describe, expect, it } from 'vitest';
import { detectDingTalkPlatform, detectVendor } from './detect.ts';

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15';
const DESKTOP = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120';

describe('which messenger carries the page', () => {
  it.each([
    ['DingTalk on a phone', `${IPHONE} AliApp(DingTalk/7.6.0)`, '', 'dingtalk'],
    [
      'DingTalk on a PC, known by the window’s name',
      DESKTOP,
      '{"hostOrigin":"https://im.dingtalk.com","containerId":"c1"}',
      'dingtalk',
    ],
    ['浙政钉', 'Mozilla/5.0 (Linux; Android 12) Nebula mPaaSClient TaurusApp(ZJ/2.9.0)', '', 'zhezhengding'],
    [
      '浙政钉 with DingTalk’s kernel',
      `${IPHONE} AliApp(DingTalk/7.6.0) TaurusApp(ZJ/2.9.0)`,
      '',
      'zhezhengding',
    ],
    ['a plain browser', DESKTOP, '', 'browser'],
    ['a plain browser whose window has a name of its own', DESKTOP, '{"tab":1}', 'browser'],
  ])('%s', (_what, userAgent, windowName, vendor) => {
    expect(detectVendor(userAgent, windowName)).toBe(vendor);
  });

  it.each([
    [`${IPHONE} AliApp(DingTalk/7.6.0)`, 'ios'],
    ['Mozilla/5.0 (Linux; Android 13) AliApp(DingTalk/7.6.0)', 'android'],
    ['Mozilla/5.0 (Phone; OpenHarmony 5.0) ArkWeb/4.1 AliApp(DingTalk/7.6.0)', 'harmony'],
    [DESKTOP, 'pc'],
  ])('%s gets the bridge %s', (userAgent, platform) => {
    expect(detectDingTalkPlatform(userAgent)).toBe(platform);
  });
});
