import { describe, expect, it } from 'vitest';
import { checked, codeOf, isWindowsClient, pictureOf } from './zhezhengding.ts';

describe('an answer of the container', () => {
  it('is taken as it is when it names no error, or error 0', () => {
    expect(checked({ errorCode: '0', a: 1 }, '')).toMatchObject({ a: 1 });
    expect(checked({ errorCode: 0, a: 1 }, '')).toMatchObject({ a: 1 });
    expect(checked(undefined, '')).toBeUndefined();
    expect(checked([{ name: 'x' }], '')).toEqual([{ name: 'x' }]);
  });

  it.each([{ errorCode: '-1' }, { errorCode: 3, errorMessage: 'no' }, { errorCode: '7' }])(
    'that resolves with %o has failed all the same',
    (answer) => {
      expect(() => checked(answer, '没有定到位')).toThrow('没有定到位');
    },
  );
});

describe('the sign-on code', () => {
  it.each([
    [{ code: 'c' }, 'c'],
    [{ auth_code: 'c', expireTime: 300 }, 'c'],
    [{ code: '', auth_code: 'c' }, 'c'],
  ])('is read from %o', (answer, code) => {
    expect(codeOf(answer)).toBe(code);
  });

  it.each([{}, null, undefined, { errorCode: '-1', code: 'c' }])('is missed in %o', (answer) => {
    expect(() => codeOf(answer)).toThrow('浙政钉没有给出登录凭证，请退出重进');
  });
});

describe('a picture of the container', () => {
  it('is a file of its bytes, with the type it names or as JPEG', async () => {
    const png = pictureOf(`data:image/png;base64,${btoa('\x89PNG')}`, 'a.png');
    expect([png.type, png.size, png.name]).toEqual(['image/png', 4, 'a.png']);
    const plain = pictureOf(btoa('abc'), 'b.jpg');
    expect(plain.type).toBe('image/jpeg');
    expect(await plain.text()).toBe('abc');
  });
});

describe('the Windows client', () => {
  it('is known by its token', () => {
    expect(isWindowsClient('Mozilla/5.0 (Windows NT 10.0) dingtalk-win/1.0.0 TaurusApp(ZJ/2.9.0)')).toBe(
      true,
    );
    expect(isWindowsClient('Mozilla/5.0 (Linux; Android 12) Nebula mPaaSClient TaurusApp(ZJ/2.9.0)')).toBe(
      false,
    );
  });
});
