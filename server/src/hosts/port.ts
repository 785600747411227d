/**
 * What a messenger can do for us. Each host (DingTalk, 浙政钉) has an adapter that implements this; nothing outside
 * `hosts/` knows a vendor. Every method has a time limit of its own and rejects with {@link HostError} only.
 */

/** Why a call failed and whether the same bytes may be sent again. */
export type HostErrorKind =
  | 'invalid' // the host says our request is wrong: sending it again cannot help
  | 'denied' // permission, scope or allow list: an administrator must act
  | 'throttled' // rate or quota: later
  | 'unavailable' // time-out, connection lost, 5xx, HTML or non-JSON answer: later; the call may have taken effect
  | 'content' // the host's content review refused the words
  | 'duplicate' // the host already has it (same card, same to-do, same text to the same person that day)
  | 'gone'; // the thing addressed does not exist (any more)

/** What the host said, for whoever has to find out why. Holds no secret and nobody's id. */
export interface HostAnswer {
  api?: string | undefined;
  /** HTTP status, where there was an answer at all. */
  status?: number | undefined;
  message?: string | undefined;
  /** The host's own number of the request: its support asks for it. */
  request?: string | undefined;
}

export class HostError extends Error {
  readonly kind: HostErrorKind;
  /** The host's own code, as text, for the delivery log. */
  readonly code: string;
  readonly answer: HostAnswer;
  /** Milliseconds the host asked us to wait, when it said so. */
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: HostErrorKind,
    code: string,
    message: string,
    options: { cause?: unknown; retryAfterMs?: number; answer?: HostAnswer } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'HostError';
    this.kind = kind;
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
    this.answer = options.answer ?? { message };
  }

  /** True when sending the same thing again later can succeed. */
  get retryable(): boolean {
    return this.kind === 'throttled' || this.kind === 'unavailable';
  }
}

/** Who somebody is at a host. `userId` is unique in the organisation, `unionId` across the host's organisations. */
export interface HostAccount {
  userId: string;
  unionId: string;
  name: string;
}

export interface HostDepartment {
  id: string;
  parentId: string | null;
  name: string;
}

export interface HostPerson extends HostAccount {
  mobile: string | null;
  title: string | null;
  departmentIds: string[];
  active: boolean;
}

/** A plain or linked message. `bytes` were rendered once, when the notice was queued, and never change. */
export interface WorkNotice {
  /** Our identity of this notice, at most 64 characters: a host that takes one never shows it twice. */
  id: string;
  userIds: string[]; // at most `limits.noticeRecipients`
  message: string; // the host's message JSON, as rendered by renderNotice
}

/** What a notice says, host-independent; an adapter renders it into its own message once. */
export interface NoticeContent {
  /** Carried inside the text so that two different notices never look identical to the host. */
  number: string;
  title: string;
  lines: { label: string; value: string }[];
  body: string;
  /** Deep link into the mini-app, e.g. `/#/s/abc`. */
  path: string;
  /** Buttons that open the mini-app at an act; empty for a plain notice. */
  buttons: { title: string; path: string }[];
  /** A short state word shown as status bar where the host has one. */
  status: { text: string; tone: 'blue' | 'green' | 'amber' | 'red' | 'grey' } | null;
}

/** A notice the host has taken, and who got it. */
export interface SentNotice {
  taskId: string;
  userIds: string[];
}

export interface NoticeOutcome {
  /** userIds the host refused, with its code; the rest were accepted. */
  refused: { userId: string; code: string; kind: HostErrorKind }[];
  read: string[];
}

export type CardData = Record<string, string>; // every value is text, at most 1 kB

export interface CardDelivery {
  outTrackId: string; // our identity of the card: random, 128 bit, per case, round, purpose and recipient
  templateId: string;
  userId: string;
  publicData: CardData;
  privateData: CardData;
  /** What the chat list shows as the last message. */
  summary: string;
}

/** A press on a card, already authenticated as the host's. */
export interface CardPress {
  hostId: string;
  outTrackId: string;
  userId: string;
  actionIds: string[];
  params: Record<string, unknown>;
  /** The host's identity of this delivery of the press, when there is one (for de-duplication of transport repeats). */
  messageId: string | null;
}

/** The answer to a press: data for everybody who holds the card and for the presser only. */
export interface CardAnswer {
  publicData: CardData;
  privateData: CardData;
}

export interface TodoTask {
  sourceId: string;
  subject: string;
  executorUnionIds: string[];
  dueAt: number | null; // epoch milliseconds
  path: string;
}

/** What opens a page's device calls: a signature of its address, or on hosts that sign no page a ticket alone. */
export type JsapiConfig = SignedPage | { ticket: string };

export interface SignedPage {
  agentId: string;
  corpId: string;
  timeStamp: string;
  nonceStr: string;
  signature: string;
}

/** Where a sign-on code comes from: the container's JSAPI, or a login page whose code somebody scanned. */
export type SignOnDoor = 'container' | 'scan';

/** A change of the directory, as a hint: the receiver re-reads what is named. */
export interface ContactChange {
  hostId: string;
  kind: 'people' | 'departments';
  ids: string[];
  removed: boolean;
}

export interface HostListeners {
  onCardPress(press: CardPress): Promise<CardAnswer>;
  onContactChange(change: ContactChange): Promise<void>;
}

/** What came to a door: the headers as Node gives them (lower case) and the body's very bytes. */
export interface HookRequest {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Uint8Array;
}

/** Never rejects: a refusal is a status. `body` is JSON text. */
export type HostHook = (request: HookRequest) => Promise<{ status: number; body: string }>;

export interface Host {
  /** Our name of this host organisation: a row, not a vendor. */
  readonly id: string;
  readonly vendor: 'dingtalk' | 'zhezhengding';
  readonly corpId: string;
  /** `noticeIds`: a notice's own id makes a repeat harmless, and is what it is recalled and changed by. */
  readonly capabilities: {
    cards: boolean;
    actionCards: boolean;
    todos: boolean;
    statusBar: boolean;
    noticeIds: boolean;
  };
  /** `statusBarRecipients`: a notice with a status sent to more people than this goes out without its bar. */
  readonly limits: {
    noticeRecipients: number;
    cardValueBytes: number;
    noticeBytes: number;
    statusBarRecipients?: number;
  };
  /** Doors the host calls over HTTP, mounted at `POST /hooks/{id}/{name}`; none where presses arrive another way. */
  readonly hooks?: Readonly<Record<string, HostHook>>;

  /** The login page for a browser outside the messenger, where the host has one; the asking page adds `redirect_uri` and `state`. */
  readonly scanPage?: string;

  /** Exchanges a one-time code, by default the JSAPI's. Rejects `invalid` for an unknown, used or expired code. */
  exchangeCode(code: string, door?: SignOnDoor): Promise<HostAccount>;
  signJsapi(url: string): Promise<JsapiConfig>;

  listDepartments(): AsyncIterable<HostDepartment>;
  listPeople(departmentId: string): AsyncIterable<HostPerson>;
  getPerson(userId: string): Promise<HostPerson | null>;
  getDepartment(id: string): Promise<HostDepartment | null>;

  /** Renders once; the result is stored and sent unchanged. Never longer than `limits.noticeBytes`. */
  renderNotice(content: NoticeContent): string;
  sendNotice(notice: WorkNotice): Promise<{ taskId: string }>;
  checkNotice(taskId: string): Promise<NoticeOutcome>;
  recallNotice(taskId: string): Promise<void>;
  setNoticeStatus(notice: SentNotice, status: { text: string; tone: string }): Promise<void>;

  /** Rejects `duplicate` when the card exists: then update it. Per-recipient failures reject too. */
  deliverCard(card: CardDelivery): Promise<void>;
  updateCard(card: {
    outTrackId: string;
    publicData: CardData;
    privateData: Record<string, CardData>;
  }): Promise<void>;

  /** Rejects `duplicate` when the sourceId exists; then findTodo. Resolves the host's task id. */
  createTodo(task: TodoTask): Promise<string>;
  findTodo(sourceId: string, ownerUnionId: string): Promise<string | null>;
  completeTodo(taskId: string, ownerUnionId: string): Promise<void>;
  deleteTodo(taskId: string, ownerUnionId: string): Promise<void>;

  /** A link that opens the mini-app at `path` (`/#/…`) inside the messenger, on phone and PC. */
  link(path: string): string;

  /** Starts receiving presses and contact changes; `stop` ends it and waits for answers under way. */
  listen(listeners: HostListeners): Promise<void>;
  stop(): Promise<void>;
}

/** What a check found: `note` works but deserves a look, `left` was not looked at. */
export interface Finding {
  state: 'good' | 'note' | 'bad' | 'left';
  /** In Chinese, for an administrator; names no secret. */
  says: string;
  /** What to do about it: which page of which console, which variable. */
  todo?: string;
}

/** One thing that has to be right before a host works, in the order an administrator sets things up. */
export interface HostCheck {
  title: string;
  /** Nothing after it can be looked at while this is wrong. */
  essential?: boolean;
  /** Never rejects. @param sendTo whom a trial message may go to, by userId; null sends nothing */
  run(sendTo: string | null): Promise<Finding>;
}
