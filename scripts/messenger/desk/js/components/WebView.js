// @ts-check
import { defineComponent, nextTick, onMounted, onUnmounted, ref, watch } from 'vue';
import { text } from '../model.js';
import { leaveWeb, openLink } from '../phone.js';

const BACK_WAIT_MS = 250;

/**
 * The phone's web view. The page inside runs in a frame of its own host; the messenger's container script in it reports
 * title, close and links to this page, and takes the back button from it.
 */
export const WebView = defineComponent({
  props: {
    phone: {
      type: /** @type {import('vue').PropType<import('../state.js').Phone>} */ (Object),
      required: true,
    },
  },
  setup(props) {
    /** @type {import('vue').Ref<HTMLIFrameElement | null>} */
    const frame = ref(null);
    const loading = ref(false);
    /** A new number is a new frame: the page starts from nothing. */
    const life = ref(0);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let backTimer;

    /**
     * Replaces the page instead of navigating to it: the frames of all phones share the browser's one history, and an entry made
     * here would be what somebody else's back button undoes.
     */
    async function load() {
      await nextTick();
      const { url } = props.phone.web;
      const element = frame.value;
      if (element === null || url === '') {
        return;
      }
      const page = url.split('#')[0] ?? '';
      loading.value = element.dataset.page !== page;
      element.dataset.page = page;
      element.contentWindow?.location.replace(url);
    }
    watch(() => props.phone.web.turn, load);
    onMounted(load);

    /** @param {MessageEvent} event */
    function onMessage(event) {
      if (frame.value === null || event.source !== frame.value.contentWindow) {
        return;
      }
      const said = /** @type {Record<string, unknown>} */ (event.data ?? {});
      if (said.source !== 'minqing-container') {
        return;
      }
      clearTimeout(backTimer);
      if (said.type === 'title' || said.type === 'ready') {
        props.phone.web.title = text(said.title) || props.phone.web.title;
      }
      if (said.type === 'close') {
        leaveWeb(props.phone);
      }
      if (said.type === 'openLink') {
        openLink(props.phone, text(said.url));
      }
    }
    onMounted(() => window.addEventListener('message', onMessage));
    onUnmounted(() => window.removeEventListener('message', onMessage));

    return {
      frame,
      loading,
      life,
      /** One page back inside; a page with nothing to go back to, or that does not answer, is left for the chat. */
      back() {
        frame.value?.contentWindow?.postMessage({ source: 'minqing-desk', type: 'back' }, '*');
        clearTimeout(backTimer);
        backTimer = setTimeout(() => leaveWeb(props.phone), BACK_WAIT_MS);
      },
      reload() {
        life.value += 1;
        return load();
      },
      loaded: () => {
        loading.value = false;
      },
    };
  },
  template: `
    <div class="web"><p v-if="loading" class="web-w" role="status">正在打开…</p>
      <iframe v-if="phone.web.url" :key="life" ref="frame" :title="'第 ' + phone.n + ' 部手机的网页'" allow="geolocation; camera; microphone; clipboard-write" @load="loaded"></iframe></div>`,
});
