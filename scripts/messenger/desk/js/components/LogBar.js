// @ts-check
import { computed, defineComponent, nextTick, onMounted, onUnmounted, ref, watch } from 'vue';
import { logSummary, whoText } from '../log-words.js';
import { businessNow, desk, personOf } from '../state.js';
import { dayNumber, dayWord, hourMinuteSecond } from '../time.js';

const SHOWN = 6;
const FILTERS = [
  { id: 'all', word: '全部' },
  { id: 'trouble', word: '出错的' },
  { id: 'card', word: '卡片' },
  { id: 'notice', word: '通知' },
  { id: 'todo', word: '待办' },
];
/** @type {Record<string, (entry: import('../types.js').LogEntry) => boolean>} */
const TESTS = {
  all: () => true,
  trouble: (entry) => entry.tone === 'bad' || entry.tone === 'fault',
  card: (entry) => entry.api.startsWith('card.'),
  notice: (entry) => entry.api.startsWith('notice.'),
  todo: (entry) => entry.api.startsWith('todo.'),
};

/** Rows drawn at once in the full list; older ones are found by filtering. */
const DRAWN = 400;

/** @param {import('../types.js').LogEntry} entry */
function who(entry) {
  return whoText(entry, (id) => personOf(id)?.name);
}

/** What the messenger was asked and answered: the last six calls, or all of them with a filter. */
export const LogBar = defineComponent({
  setup() {
    const open = ref(false);
    const filter = ref('all');
    const words = ref('');
    /** @type {import('vue').Ref<HTMLElement | null>} */
    const table = ref(null);
    const chosen = computed(() => {
      const wanted = words.value.trim().toLowerCase();
      return desk.log.filter(
        (entry) =>
          (TESTS[filter.value]?.(entry) ?? true) &&
          `${entry.operation} ${who(entry)} ${entry.verdict} ${entry.detail}`.toLowerCase().includes(wanted),
      );
    });

    /** @param {KeyboardEvent} event */
    function onKey(event) {
      if (event.key === 'Escape') {
        open.value = false;
      }
    }
    onMounted(() => window.addEventListener('keydown', onKey));
    onUnmounted(() => window.removeEventListener('keydown', onKey));

    async function toEnd() {
      await nextTick();
      if (table.value !== null) {
        table.value.scrollTop = table.value.scrollHeight;
      }
    }
    watch([open, chosen], ([isOpen]) => {
      if (isOpen) {
        void toEnd();
      }
    });
    return {
      open,
      filter,
      words,
      table,
      chosen,
      who,
      drawn: computed(() => chosen.value.slice(-DRAWN)),
      filters: FILTERS,
      last: computed(() => desk.log.slice(-SHOWN)),
      summary: computed(() => logSummary(desk.log, (ms) => dayNumber(ms) === dayNumber(businessNow()))),
      clock: hourMinuteSecond,
      day: (/** @type {number} */ ms) => dayWord(ms, businessNow()),
    };
  },
  template: `
    <section class="log" aria-label="信使流水">
      <div class="log-h"><h2>信使流水</h2><small>{{ summary }}</small><button class="lnk" :aria-expanded="open" @click="open = !open">{{ open ? '收起' : '看全部' }}</button></div>
      <ol><li v-for="one in last" :key="one.seq" :title="one.detail"><time>{{ clock(one.at) }}</time><i aria-hidden="true">{{ one.toApp ? '←' : '→' }}</i><b class="el">{{ one.operation }}</b><span class="el">{{ who(one) }}</span><em class="el" :class="one.tone">{{ one.verdict }}</em></li>
        <li v-if="last.length === 0" class="log-0">还没有调用</li></ol>
      <div v-if="open" class="full" role="dialog" aria-label="全部流水">
        <div class="full-h"><h2>信使流水</h2><div class="seg" role="radiogroup" aria-label="看哪些"><button v-for="one in filters" :key="one.id" role="radio" :aria-checked="filter === one.id" :class="{ on: filter === one.id }" @click="filter = one.id">{{ one.word }}</button></div>
          <label class="pop-s"><Icon name="search"/><span class="vh">找</span><input v-model="words" type="search" placeholder="操作、人、结果"></label><small>{{ chosen.length }} 条</small><span class="sp"></span>
          <button class="sq" aria-label="收起" @click="open = false"><Icon name="x"/></button></div>
        <div ref="table" class="full-b" tabindex="0" role="region" aria-label="流水表"><table><thead><tr><th>时间</th><th>方向</th><th>操作</th><th>对谁</th><th>结果</th><th>调用</th></tr></thead>
          <tbody><tr v-for="one in drawn" :key="one.seq"><td><span class="d">{{ day(one.at) }}</span> {{ clock(one.at) }}</td><td>{{ one.toApp ? '← 到服务' : '→ 到信使' }}</td><td>{{ one.operation }}</td><td>{{ who(one) }}</td><td><em :class="one.tone">{{ one.verdict }}</em></td><td class="d">{{ one.detail }}</td></tr>
          <tr v-if="chosen.length === 0"><td colspan="6" class="d">没有这样的调用</td></tr></tbody></table></div>
      </div>
    </section>`,
});
