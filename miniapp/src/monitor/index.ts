/**
 * 埋点: tells the platform's monitoring that the app runs and which screens are looked at, where the configuration wants it.
 * Its scripts come from elsewhere, so nothing waits for them, nothing fails with them, and they are loaded when the app has
 * nothing better to do. What is told names screens, never cases or people.
 */
import type { MonitoringFacts } from '@minqing/shared/contract';
import type { RouteLocationNormalizedLoaded, Router } from 'vue-router';

interface Told {
  action: string;
  arguments: unknown[];
}
interface Reporter {
  installAll(): void;
}
interface Monitored {
  aplus_queue?: { push(told: Told): unknown; length?: number };
  wpkReporter?: new (settings: Record<string, string>) => Reporter;
}

/** A+ tells phones apart by these; published with its own instructions. */
const APP_IDS = { android: '28302650', ios: '28328447', other: '47130293' } as const;
/** A script that never comes must not be waited for with everything that was looked at. */
const MOST_WAITING = 60;
const IDLE_WITHIN = 4_000;

const self = (): Monitored => window as unknown as Monitored;

/** The number A+ wants for this device. */
export function aplusAppId(userAgent: string): string {
  if (/iPhone|iPad|iPod/i.test(userAgent)) {
    return APP_IDS.ios;
  }
  return /Android/i.test(userAgent) ? APP_IDS.android : APP_IDS.other;
}

/** The screen as it is told: its pattern, without what the address says about whose case it is. */
export function pageOf(route: RouteLocationNormalizedLoaded, here: string): Record<string, string> {
  const pattern = route.matched[route.matched.length - 1]?.path ?? '/';
  const page = here.split(/[?#]/)[0] ?? '';
  return {
    page_id: String(route.name ?? 'other'),
    page_name: route.meta.title ?? '民情一点通',
    page_url: `${page}#${pattern}`,
  };
}

function tell(action: string, ...given: unknown[]): void {
  const queue = self().aplus_queue;
  if (queue && (queue.length ?? 0) < MOST_WAITING) {
    queue.push({ action, arguments: given });
  }
}

/** Loads a script of elsewhere; resolves false when it does not come. One that hangs is waited for by nobody. */
function load(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const script = document.createElement('script');
    script.async = true;
    script.src = address;
    script.onload = () => resolve(true);
    script.onerror = () => resolve(false);
    document.head.appendChild(script);
  });
}

function startAplus(facts: NonNullable<MonitoringFacts['aplus']>, router: Router): void {
  self().aplus_queue ??= [];
  tell('aplus.setMetaInfo', 'aplus-rhost-v', facts.host);
  tell('aplus.setMetaInfo', 'aplus-rhost-g', facts.host);
  tell('aplus.setMetaInfo', 'appId', aplusAppId(navigator.userAgent));
  tell('aplus.setMetaInfo', 'aplus-waiting', 'MAN');
  const look = (route: RouteLocationNormalizedLoaded): void =>
    tell(
      'aplus.sendPV',
      { is_auto: false },
      { sapp_id: facts.appId, sapp_name: facts.appName, ...pageOf(route, location.href) },
    );
  look(router.currentRoute.value);
  router.afterEach((to, from) => {
    if (to.path !== from.path) {
      look(to);
    }
  });
  void load(facts.script);
}

async function startEmas({ script, ...settings }: NonNullable<MonitoringFacts['emas']>): Promise<void> {
  const { wpkReporter: Reporter } = (await load(script)) ? self() : {};
  if (Reporter) {
    const { bid, signKey: signkey, gateway } = settings;
    new Reporter({ bid, signkey, gateway }).installAll();
  }
}

/** Begins when the app is idle. Never throws, now or later. */
export function startMonitoring(facts: MonitoringFacts, router: Router): void {
  const begin = (): void => {
    try {
      if (facts.aplus) {
        startAplus(facts.aplus, router);
      }
      if (facts.emas) {
        startEmas(facts.emas).catch(() => undefined);
      }
    } catch {
      // Whatever a script of elsewhere did to the page: people go on working.
    }
  };
  if (typeof window.requestIdleCallback === 'function') {
    window.requestIdleCallback(begin, { timeout: IDLE_WITHIN });
  } else {
    setTimeout(begin, IDLE_WITHIN);
  }
}
