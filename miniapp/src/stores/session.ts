import type { MeView } from '@minqing/shared/contract';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { api, ApiError, asApiError, useCredentials, type Credentials } from '../api/index.ts';
import { appConfig, sameSiteApi } from '../config.ts';
import { host, HostError } from '../host/index.ts';
import { arrival } from '../host/arrival.ts';
import { scannable, type Scanned } from '../host/scan.ts';
import { useNetwork } from './network.ts';

export type SessionPhase = 'starting' | 'ready' | 'refused' | 'failed' | 'outside';
type Role = MeView['grants'][number]['role'];

/** Roles whose work is done on the staff screens. */
const DESK_ROLES: readonly Role[] = ['reviewer', 'dispatcher', 'handler', 'head', 'inspector'];

/** Roles that watch what is late. */
const WATCHING_ROLES: readonly Role[] = ['inspector', 'leader', 'dispatcher', 'reviewer'];

/** Who is signed on. Signing on is the messenger's code exchanged for a session; there is no other way in. */
export const useSession = defineStore('session', () => {
  const phase = ref<SessionPhase>('starting');
  const me = shallowRef<MeView | null>(null);
  const problem = shallowRef<ApiError | null>(null);
  const network = useNetwork();

  const credentials: Credentials = { token: '', csrf: '', person: '', renew, heard: network.heard };
  useCredentials(credentials);
  let renewing: Promise<boolean> | null = null;

  const roles = computed(() => new Set<Role>(me.value?.grants.map((grant) => grant.role) ?? []));
  const isMember = computed(() => roles.value.has('member'));
  const isStaff = computed(() => DESK_ROLES.some((role) => roles.value.has(role)));
  const isWatcher = computed(() => WATCHING_ROLES.some((role) => roles.value.has(role)));
  /** Reads figures of an area or of the own unit. */
  const isReader = computed(() => isStaff.value || isWatcher.value);
  const isAdmin = computed(() => roles.value.has('admin'));

  const mode = (): 'cookie' | 'bearer' => (sameSiteApi(appConfig().api) ? 'cookie' : 'bearer');

  async function signOn(linkCode?: string): Promise<void> {
    const vendor = host().vendor;
    const config = appConfig().hosts.find((one) => one.vendor === vendor);
    if (!config) {
      throw new HostError(
        vendor === 'browser' ? '登录过期了，请重新扫码登录' : '这个应用还没有接入您的单位，请联系管理员',
      );
    }
    const code = await host().signOnCode(config);
    await exchange({ hostId: config.id, code, door: 'container', ...(linkCode ? { linkCode } : {}) });
  }

  async function exchange(by: Scanned & { door: 'container' | 'scan'; linkCode?: string }): Promise<void> {
    credentials.token = '';
    credentials.person = '';
    const { token } = await api.signOn({ ...by, mode: mode() });
    credentials.token = token ?? '';
    await welcome();
  }

  async function welcome(): Promise<void> {
    const read = await api.me(true);
    if (me.value && me.value.person.id !== read.person.id) {
      // The messenger has another holder now: nothing of the last one's may stay on the screen.
      location.reload();
    }
    credentials.csrf = read.csrf ?? '';
    credentials.person = read.person.id;
    me.value = read;
  }

  /** A browser outside the messengers: with the code somebody just scanned, else with the session it may still have. */
  async function resume(): Promise<SessionPhase> {
    const scanned = arrival();
    if (scanned) {
      await exchange({ ...scanned, door: 'scan' });
      return 'ready';
    }
    try {
      await welcome();
      return 'ready';
    } catch (thrown) {
      if (asApiError(thrown).status === 401) {
        return 'outside';
      }
      throw thrown;
    }
  }

  /** One sign-on for all requests that met a 401 at the same time. */
  function renew(): Promise<boolean> {
    renewing ??= signOn()
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        renewing = null;
      });
    return renewing;
  }

  function failWith(thrown: unknown): void {
    if (thrown instanceof HostError) {
      fail(thrown.reason);
      return;
    }
    const error = asApiError(thrown);
    problem.value = error;
    phase.value = error.code === 'notOnRoster' ? 'refused' : 'failed';
  }

  /** Says why the app cannot be shown. */
  function fail(sentence: string): void {
    problem.value = new ApiError({ code: 'start', status: 0, title: sentence });
    phase.value = 'failed';
  }

  /** Signs on; afterwards `phase` says whether the app may be shown. Never throws. */
  async function start(): Promise<void> {
    const browser = host().vendor === 'browser';
    if (browser && !scannable(appConfig().hosts)) {
      phase.value = 'outside';
      return;
    }
    phase.value = 'starting';
    problem.value = null;
    try {
      if (browser) {
        phase.value = await resume();
        return;
      }
      await signOn();
      phase.value = 'ready';
    } catch (thrown) {
      failWith(thrown);
    }
  }

  /** Signs on with a code of another messenger, after a refusal. The refusal stays on the screen until it works. Never throws. */
  async function startLinked(linkCode: string): Promise<void> {
    try {
      await signOn(linkCode);
      problem.value = null;
      phase.value = 'ready';
    } catch (thrown) {
      problem.value =
        thrown instanceof HostError
          ? new ApiError({ code: 'start', status: 0, title: thrown.reason })
          : asApiError(thrown);
    }
  }

  /** Reads `/me` again, for the greeting and the record sentence. Never throws. */
  async function refresh(): Promise<void> {
    try {
      const read = await api.me();
      credentials.csrf = read.csrf ?? credentials.csrf;
      me.value = read;
    } catch {
      // What is shown stays true until the next refresh.
    }
  }

  return {
    phase,
    me,
    problem,
    roles,
    isMember,
    isStaff,
    isWatcher,
    isReader,
    isAdmin,
    start,
    startLinked,
    refresh,
    fail,
  };
});
