import type { Dialect } from './options.ts';

export interface Links {
  /** Inside the container of a phone. */
  phone(path: string): string;
  /** Inside the container of a PC: a plain https link would go to the system's browser, where nobody is signed on. */
  pc(path: string): string;
  /** One link for both, for buttons. */
  button(path: string): string;
}

/** @param appUrl the mini-app's address; whatever hash it has is replaced by the path's */
export function createLinks(appUrl: string, forms: Dialect['links']): Links {
  const home = appUrl.replace(/#.*$/s, '');
  const linkBy =
    (form: string) =>
    (path: string): string => {
      const hash = path.indexOf('#');
      const page = hash === -1 ? home : `${home}${path.slice(hash)}`;
      return form.replaceAll('{encoded}', encodeURIComponent(page)).replaceAll('{url}', page);
    };
  return { phone: linkBy(forms.phone), pc: linkBy(forms.pc), button: linkBy(forms.button) };
}
