// @ts-check
import { computed, defineComponent, onMounted, onUnmounted } from 'vue';
import { desk } from '../state.js';
import { GuideStrip } from './GuideStrip.js';
import { LogBar } from './LogBar.js';
import { PersonPicker } from './PersonPicker.js';
import { PhoneFrame } from './PhoneFrame.js';
import { TopBar } from './TopBar.js';

/** The whole desk: controls above, phones side by side, the messenger's log below. */
export const App = defineComponent({
  components: { GuideStrip, LogBar, PersonPicker, PhoneFrame, TopBar },
  setup() {
    /** Alt+1 … Alt+5 put the keyboard into a phone. @param {KeyboardEvent} event */
    function onKey(event) {
      const number = /^Digit([1-9])$/.exec(event.code)?.[1];
      if (!event.altKey || number === undefined) {
        return;
      }
      const phone = document.getElementById(`phone-${number}`);
      if (phone !== null) {
        event.preventDefault();
        phone.focus();
        phone.scrollIntoView({ inline: 'nearest', block: 'nearest' });
      }
    }
    onMounted(() => window.addEventListener('keydown', onKey));
    onUnmounted(() => window.removeEventListener('keydown', onKey));
    return { desk, columns: computed(() => ({ '--phones': desk.phones.length })) };
  },
  template: `
    <div v-if="!desk.ready" class="boot" role="status">
      <p>{{ desk.problem || '正在打开演示台…' }}</p>
      <p v-if="desk.problem" class="boot-again">正在重试</p>
    </div>
    <div v-else class="dk" :style="columns">
      <TopBar />
      <GuideStrip />
      <main class="row" aria-label="手机">
        <div v-for="phone in desk.phones" :key="phone.n" class="col">
          <PersonPicker :phone="phone" />
          <PhoneFrame :phone="phone" />
        </div>
      </main>
      <LogBar />
    </div>`,
});
