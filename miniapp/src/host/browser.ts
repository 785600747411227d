import { HostError, type Host, type Located } from './port.ts';

/** Position by the web view's own API; also DingTalk's way on a PC, where the messenger offers none. */
export function locateByBrowser(): Promise<Located> {
  return new Promise((resolve, reject) => {
    if (!('geolocation' in navigator)) {
      reject(new HostError('这台设备不能定位，请手写地点'));
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({
          latitude: coords.latitude,
          longitude: coords.longitude,
          accuracy: Math.round(coords.accuracy),
          text: '',
          district: '',
        }),
      () => reject(new HostError('没有定到位，请手写地点')),
      { timeout: 8_000, maximumAge: 120_000 },
    );
  });
}

/** A page outside every messenger: signed on to by scanning, where a messenger has a login page, or only read about. */
export const browserHost: Host = {
  vendor: 'browser',
  signOnCode: () => Promise.reject(new HostError('登录过期了，请重新扫码登录')),
  setTitle: () => undefined,
  locate: locateByBrowser,
  close: () => false,
  openLink: (url) => {
    window.open(url, '_blank', 'noopener');
  },
};
