// @ts-check
import { computed, defineComponent } from 'vue';
import { openLink, say } from '../phone.js';
import { businessNow, todosOf } from '../state.js';
import { pageOf, touch } from '../story.js';
import { momentText } from '../time.js';

/** The messenger's to-dos: what waits, soonest first, and what was done. */
export const TodoView = defineComponent({
  props: {
    phone: {
      type: /** @type {import('vue').PropType<import('../state.js').Phone>} */ (Object),
      required: true,
    },
  },
  setup(props) {
    const open = computed(() =>
      [...todosOf(props.phone).open].sort((a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity)),
    );
    return {
      open,
      done: computed(() => todosOf(props.phone).done),
      late: (/** @type {import('../types.js').Todo} */ todo) =>
        todo.dueAt !== null && todo.dueAt < businessNow(),
      when: (/** @type {number} */ ms) => momentText(ms, businessNow()),
      go(/** @type {import('../types.js').Todo} */ todo) {
        if (todo.url === '') {
          say(props.phone, '这条待办没有带链接');
          return;
        }
        if (todo.doneAt === null) {
          touch(pageOf(todo.url));
        }
        openLink(props.phone, todo.url);
      },
    };
  },
  template: `
    <div class="pane" tabindex="0" role="region" aria-label="待办">
      <h3 class="pane-h">要办的 <i>{{ open.length }}</i></h3>
      <p v-if="open.length === 0" class="none in">都办完了</p>
      <ul v-else class="td"><li v-for="one in open" :key="one.id"><button @click="go(one)"><span class="box" aria-hidden="true"></span><span class="pk-w"><b>{{ one.subject }}</b>
        <small v-if="one.dueAt !== null" :class="{ late: late(one) }">{{ late(one) ? '■ 超期，' : '' }}{{ when(one.dueAt) }}{{ late(one) ? ' 到期' : ' 前' }}</small></span><Icon name="right"/></button></li></ul>
      <template v-if="done.length"><h3 class="pane-h">办好的 <i>{{ done.length }}</i></h3>
      <ul class="td done"><li v-for="one in done" :key="one.id"><button @click="go(one)"><span class="box on" aria-hidden="true"><Icon name="check"/></span><span class="pk-w"><b>{{ one.subject }}</b><small v-if="one.doneAt !== null">{{ when(one.doneAt) }} 办好</small></span></button></li></ul></template>
    </div>`,
});
