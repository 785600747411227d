import type { HostConfig } from '../config.ts';

export type HostVendor = 'dingtalk' | 'zhezhengding' | 'browser';

/** A position as the messenger tells it; `text` is its address in words, empty when it gives none. */
export interface Located {
  latitude: number;
  longitude: number;
  /** Radius in metres; 0 when unknown. */
  accuracy: number;
  text: string;
  /** Name of the county or district, to find the area; empty when unknown. */
  district: string;
}

/** Somebody chosen in the messenger's picker, by the messenger's own id. */
export interface Colleague {
  userId: string;
  name: string;
}

/** A page of the mini-app to be passed on in a chat. */
export interface Shared {
  title: string;
  text: string;
  url: string;
}

/**
 * What the mini-app asks of the messenger that carries it; what one cannot do is absent. Photos are looked at in the
 * page: the files are permission-checked, and a messenger's viewer does not carry this session.
 */
export interface Host {
  readonly vendor: HostVendor;
  /** A single-use code the server exchanges for the account. Rejects when the messenger refuses or stays silent. */
  signOnCode(config: HostConfig): Promise<string>;
  /** The words in the messenger's title bar. */
  setTitle(title: string): void;
  /** Rejects with HostError when the person refuses or the device cannot tell. */
  locate(): Promise<Located>;
  /** Closes the web view; false where a page cannot. */
  close(): boolean;
  /** Opens an address that is not the mini-app's. */
  openLink(url: string): void;
  /**
   * Pictures from the messenger's own chooser, none when the person changed their mind. Absent where the page's file
   * field is the way; rejects with HostError where the messenger has none after all.
   */
  pictures?(most: number): Promise<File[]>;
  /** Colleagues from the messenger's picker, none when the person changed their mind. */
  colleagues?(title: string): Promise<Colleague[]>;
  /** Passes a page on in a chat the person chooses. */
  share?(what: Shared): Promise<void>;
}

/** A messenger call that failed; `reason` is a sentence for the person. */
export class HostError extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.name = 'HostError';
    this.reason = reason;
  }
}
