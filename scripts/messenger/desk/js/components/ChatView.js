// @ts-check
import { computed, defineComponent, nextTick, onMounted, onUnmounted, ref, watch } from 'vue';
import { say } from '../phone.js';
import { businessNow, chatOf } from '../state.js';
import { momentText } from '../time.js';
import { MessageItem } from './MessageItem.js';

/** Messages closer together than this stand under one time, as in the messenger. */
const QUIET_MS = 5 * 60_000;
const NEAR_END_PX = 60;

/** The chat with the app: every notice and card, oldest first, opened at the newest. */
export const ChatView = defineComponent({
  components: { MessageItem },
  props: {
    phone: {
      type: /** @type {import('vue').PropType<import('../state.js').Phone>} */ (Object),
      required: true,
    },
  },
  setup(props) {
    /** @type {import('vue').Ref<HTMLElement | null>} */
    const box = ref(null);
    const words = ref('');
    const below = ref(false);
    /** Whether the reader has scrolled away; until then the newest message stays in view whatever the window's size. */
    let moved = false;

    const rows = computed(() => {
      let shown = Number.NEGATIVE_INFINITY;
      return chatOf(props.phone).map((item) => {
        const apart = item.sentAt - shown >= QUIET_MS;
        if (apart) {
          shown = item.sentAt;
        }
        return { item, time: apart ? momentText(item.sentAt, businessNow()) : '' };
      });
    });
    const ids = computed(() => rows.value.map((row) => row.item.id).join(' '));

    /** The newest message in full view, or its head when it is taller than the screen. */
    function toNewest() {
      const element = box.value;
      const last = element?.querySelector('.msg:last-of-type');
      if (!element || !(last instanceof HTMLElement)) {
        return;
      }
      const end = element.scrollHeight - element.clientHeight;
      element.scrollTop = last.offsetHeight > element.clientHeight ? last.offsetTop - 4 : end;
      below.value = false;
      moved = false;
    }

    function atEnd() {
      const element = box.value;
      return (
        element === null || element.scrollHeight - element.clientHeight - element.scrollTop < NEAR_END_PX
      );
    }

    const resized = new ResizeObserver(() => {
      if (!moved) {
        toNewest();
      }
    });
    onMounted(() => {
      toNewest();
      if (box.value !== null) {
        resized.observe(box.value);
      }
    });
    onUnmounted(() => resized.disconnect());
    watch(
      () => props.phone.personId,
      () => nextTick(toNewest),
    );
    watch(ids, async () => {
      const follow = atEnd();
      await nextTick();
      if (follow) {
        toNewest();
      } else {
        below.value = true;
      }
    });

    return {
      box,
      words,
      below,
      rows,
      toNewest,
      onScroll: () => {
        if (atEnd()) {
          below.value = false;
        }
      },
      onMove: () => {
        moved = true;
      },
      speak: () => {
        if (words.value.trim() !== '') {
          say(props.phone, '这里只有民情一点通发来的消息，请在卡片上办，或到「工作台」里写');
          words.value = '';
        }
      },
    };
  },
  template: `
    <div ref="box" class="msgs" role="log" aria-label="与民情一点通的消息" tabindex="0" @scroll.passive="onScroll" @wheel.passive="onMove" @touchmove.passive="onMove" @keydown="onMove" @pointerdown="onMove">
      <p v-if="rows.length === 0" class="none">还没有消息。<br>事情找到您时，会在这里。</p>
      <article v-for="row in rows" :key="row.item.id" class="msg"><time v-if="row.time">{{ row.time }}</time><MessageItem :phone="phone" :item="row.item"/></article>
    </div>
    <button v-if="below" class="newer" @click="toNewest">有新消息<Icon name="down"/></button>
    <form class="say" @submit.prevent="speak"><Icon name="mic" large/><input v-model="words" aria-label="发消息" placeholder="发消息" maxlength="200" autocomplete="off"><Icon name="smile" large/><Icon name="plus" large/></form>`,
});
