// @ts-check
import { computed, defineComponent, nextTick, ref, watch } from 'vue';
import { networkOf } from '../faults.js';
import { closeWeb, leaveWeb, openApp, openPc, say, show } from '../phone.js';
import { businessNow, desk, personOf, todosOf, unreadOf } from '../state.js';
import { lastLine, loadPerson } from '../sync.js';
import { hourMinute } from '../time.js';
import { ChatView } from './ChatView.js';
import { TodoView } from './TodoView.js';
import { WebView } from './WebView.js';

const TITLES = { chat: '民情一点通', list: '消息', todo: '待办', work: '工作台', web: '民情一点通' };

/** One phone: time bar, title bar, what is open on it, and the messenger's tabs. */
export const PhoneFrame = defineComponent({
  components: { ChatView, TodoView, WebView },
  props: {
    phone: {
      type: /** @type {import('vue').PropType<import('../state.js').Phone>} */ (Object),
      required: true,
    },
  },
  setup(props) {
    const menu = ref(false);
    const called = ref(false);
    /** @type {import('vue').Ref<InstanceType<typeof WebView> | null>} */
    const web = ref(null);
    /** @type {import('vue').Ref<HTMLElement | null>} */
    const frame = ref(null);

    watch(
      () => props.phone.called,
      () => {
        called.value = true;
        setTimeout(() => {
          called.value = false;
        }, 1400);
      },
    );

    function back() {
      if (props.phone.view === 'web') {
        web.value?.back();
        return;
      }
      show(props.phone, 'list');
    }

    async function toggleMenu() {
      menu.value = !menu.value;
      if (menu.value) {
        await nextTick();
        const first = frame.value?.querySelector('.menu button');
        if (first instanceof HTMLElement) {
          first.focus();
        }
      }
    }

    /** @param {() => unknown} work */
    function pick(work) {
      menu.value = false;
      work();
    }

    return {
      menu,
      called,
      web,
      frame,
      back,
      toggleMenu,
      lastLine,
      name: computed(() => personOf(props.phone.personId)?.name ?? ''),
      time: computed(() => hourMinute(businessNow())),
      offline: computed(() => networkOf(desk.faults) === 'offline'),
      title: computed(
        () => (props.phone.view === 'web' && props.phone.web.title) || TITLES[props.phone.view],
      ),
      unread: computed(() => unreadOf(props.phone)),
      todoCount: computed(() => todosOf(props.phone).open.length),
      hasBack: computed(() => props.phone.view === 'chat' || props.phone.view === 'web'),
      go: (/** @type {import('../state.js').View} */ view) => show(props.phone, view),
      leave: () => leaveWeb(props.phone),
      start: () => openApp(props.phone),
      refresh: () => pick(() => web.value?.reload()),
      closePage: () => pick(() => closeWeb(props.phone)),
      reloadChat: () =>
        pick(async () => {
          await loadPerson(props.phone.personId);
          say(props.phone, '已是最新');
        }),
      pc: () => pick(() => openPc(props.phone)),
      onEscape: () => {
        menu.value = false;
      },
    };
  },
  template: `
    <section :id="'phone-' + phone.n" ref="frame" class="phn" :class="{ called }" tabindex="-1" :aria-label="name + '的手机'" @keydown.esc="onEscape">
      <div class="sb" aria-hidden="true"><b>{{ time }}</b><span v-if="offline" class="sb-off">无服务</span>
        <svg v-else width="44" height="12" viewBox="0 0 44 12"><path d="M1 8h2.500v3H1zM5 6h2.500v5H5zM9 3.500h2.500V11H9zM13 1h2.500v10H13z" fill="currentColor"/><rect x="21" y="1.500" width="19" height="9.500" rx="3" fill="none" stroke="currentColor"/><rect x="23" y="3.500" width="13" height="5.500" rx="1.500" fill="currentColor"/></svg></div>
      <div class="nv">
        <div class="nv-l"><button v-if="hasBack" class="sq" aria-label="返回" @click="back"><Icon name="left" large/></button>
          <button v-if="phone.view === 'web'" class="sq" aria-label="回到消息，网页留着" title="回到消息，网页留着" @click="leave"><Icon name="x"/></button></div>
        <h2 class="el">{{ title }}</h2>
        <div class="nv-r"><button class="sq" aria-label="更多" :aria-expanded="menu" @click="toggleMenu"><Icon name="more" large/></button></div>
        <template v-if="menu"><div class="menu-x" @click="menu = false"></div>
        <div class="menu" role="menu">
          <button v-if="phone.view === 'web'" role="menuitem" @click="refresh">刷新网页</button>
          <button v-if="phone.view === 'web'" role="menuitem" @click="closePage">关掉网页</button>
          <button v-if="phone.view !== 'web'" role="menuitem" @click="reloadChat">刷新</button>
          <button role="menuitem" @click="pc">打开 PC 窗口</button>
        </div></template>
      </div>
      <div class="bd">
        <ChatView v-if="phone.view === 'chat'" :phone="phone"/>
        <div v-else-if="phone.view === 'list'" class="pane"><button class="conv" @click="go('chat')">
          <span class="av" aria-hidden="true">民</span><span class="pk-w"><b>民情一点通</b><small class="el">{{ lastLine(phone) }}</small></span>
          <em v-if="unread" class="num">{{ unread }}</em></button></div>
        <TodoView v-else-if="phone.view === 'todo'" :phone="phone"/>
        <div v-else-if="phone.view === 'work'" class="pane"><h3 class="pane-h">应用</h3>
          <div class="apps"><button class="app" @click="start"><svg class="mark" viewBox="0 0 36 36" aria-hidden="true"><use href="#i-mark"/></svg><span>民情一点通</span></button></div>
          <button v-if="phone.web.url" class="conv" @click="go('web')"><span class="pk-w"><b>回到刚才的网页</b><small class="el">{{ phone.web.title || '民情一点通' }}</small></span><Icon name="right"/></button></div>
        <WebView v-show="phone.view === 'web'" ref="web" :phone="phone"/>
        <Transition name="drop"><button v-if="phone.banner" :key="phone.banner.id" class="banner" @click="go('chat')"><span class="av s" aria-hidden="true">民</span><span class="pk-w"><b>民情一点通</b><small class="el">{{ phone.banner.text }}</small></span></button></Transition>
        <Transition name="fade"><p v-if="phone.toast" :key="phone.toast.id" class="toast" :class="phone.toast.tone" role="alert">{{ phone.toast.text }}</p></Transition>
      </div>
      <nav class="tabs" :aria-label="name + '手机上的信使'">
        <button :class="{ on: phone.view === 'chat' || phone.view === 'list' }" :aria-current="phone.view === 'chat' || phone.view === 'list' ? 'page' : undefined" @click="go('chat')"><span class="tab-i"><Icon name="chat" large/><em v-if="unread" class="dot"></em></span>消息<span v-if="unread" class="vh">{{ unread }} 条未读</span></button>
        <button :class="{ on: phone.view === 'todo' }" :aria-current="phone.view === 'todo' ? 'page' : undefined" @click="go('todo')"><span class="tab-i"><Icon name="todo" large/><em v-if="todoCount" class="num">{{ todoCount > 99 ? '99+' : todoCount }}</em></span>待办</button>
        <button :class="{ on: phone.view === 'work' || phone.view === 'web' }" :aria-current="phone.view === 'work' || phone.view === 'web' ? 'page' : undefined" @click="go('work')"><span class="tab-i"><Icon name="grid" large/></span>工作台</button>
      </nav>
    </section>`,
});
