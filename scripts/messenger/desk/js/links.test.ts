import { describe, expect, it } from 'vitest';
import { onPhone, phoneOrigin, resolveLink } from './links.js';

const HERE = { protocol: 'http:', port: '5171' };

function pageLink(url: string): string {
  return `dingtalk://dingtalkclient/page/link?url=${encodeURIComponent(url)}`;
}

function platformLink(mobile: string, pc: string): string {
  return `dingtalk://dingtalkclient/action/open_platform_link?pcLink=${encodeURIComponent(pc)}&mobileLink=${encodeURIComponent(mobile)}`;
}

describe('the links of the platform', () => {
  it('lead to the address inside a page link, its hash kept', () => {
    expect(resolveLink(pageLink('http://127.0.0.1:5170/#/s/abc?x=1&y=2'))).toBe(
      'http://127.0.0.1:5170/#/s/abc?x=1&y=2',
    );
  });

  it('lead to the half of a platform link that the device is', () => {
    const both = platformLink(
      pageLink('https://app.example/#/m'),
      `${pageLink('https://app.example/#/pc')}&pc_slide=true`,
    );
    expect(resolveLink(both)).toBe('https://app.example/#/m');
    expect(resolveLink(both, 'pc')).toBe('https://app.example/#/pc');
  });

  it('of 浙政钉 lead to the address inside, whatever else they ask for', () => {
    const page = 'http://127.0.0.1:5170/#/s/abc?do=sign';
    expect(resolveLink(`taurus://taurusclient/page/link?pc_slide=true&url=${encodeURIComponent(page)}`)).toBe(
      page,
    );
  });

  it('lead nowhere when they are not of a kind a web view can open', () => {
    expect(resolveLink('javascript:alert(1)')).toBeNull();
    expect(resolveLink(pageLink('javascript:alert(1)'))).toBeNull();
    expect(resolveLink('dingtalk://dingtalkclient/page/profile?corp_id=1')).toBeNull();
  });

  it('give up on links wrapped without end', () => {
    let link = 'http://127.0.0.1/';
    for (let depth = 0; depth < 8; depth += 1) {
      link = pageLink(link);
    }
    expect(resolveLink(link)).toBeNull();
  });
});

describe("a page on a phone's own host", () => {
  it('is under the phone for the app on this machine and for its public origin', () => {
    expect(onPhone('http://127.0.0.1:5170/a?b=1#/c', 3, HERE)).toEqual({
      url: 'http://p3.minqing.localhost:5171/a?b=1#/c',
      own: true,
    });
    expect(onPhone('https://minqing.example/#/c', 3, HERE, 'https://minqing.example').own).toBe(true);
  });

  it("stays where it is when it is somebody else's", () => {
    expect(onPhone('https://www.gov.cn/x', 3, HERE, 'https://minqing.example')).toEqual({
      url: 'https://www.gov.cn/x',
      own: false,
    });
    expect(onPhone('http://localhost.evil.example/x', 3, HERE).own).toBe(false);
  });

  it('has a host of its own for the desktop window', () => {
    expect(phoneOrigin('pc2', HERE)).toBe('http://pc2.minqing.localhost:5171');
  });
});
