// @ts-check
import { computed, defineComponent, ref } from 'vue';
import { moveClock, resetAll, setFault } from '../api.js';
import { NETWORKS, networkOf } from '../faults.js';
import { messageOf } from '../phone.js';
import { businessNow, desk } from '../state.js';
import { loadDeadline, loadFaults, setClock } from '../sync.js';
import { dayText, dayWord, hourMinute } from '../time.js';
import { nextWorkdayMorning } from '../workday.js';

/** Brand, business clock, network faults, and the way back to the beginning. */
export const TopBar = defineComponent({
  setup() {
    const problem = ref('');
    const busy = ref('');
    /** @type {import('vue').Ref<HTMLDialogElement | null>} */
    const dialog = ref(null);

    /** Runs one control; its name is shown as busy, its failure in words. @param {string} name @param {() => Promise<void>} work */
    async function run(name, work) {
      if (busy.value !== '') {
        return;
      }
      busy.value = name;
      problem.value = '';
      try {
        await work();
      } catch (error) {
        problem.value = messageOf(error);
      } finally {
        busy.value = '';
      }
    }

    /** @param {string} name @param {{ to: string } | { advanceMs: number }} move */
    function jump(name, move) {
      return run(name, async () => {
        setClock(await moveClock(move));
        await loadDeadline();
      });
    }

    const deadline = computed(() => {
      const next = desk.deadline;
      const now = businessNow();
      if (next === null || next.at <= now) {
        return null;
      }
      const day = dayWord(next.at, now);
      return {
        at: next.at,
        label: next.label,
        text: day === '今天' ? hourMinute(next.at) : `${day} ${hourMinute(next.at)}`,
      };
    });
    const network = computed(() => networkOf(desk.faults));

    return {
      desk,
      problem,
      busy,
      dialog,
      deadline,
      network,
      networks: NETWORKS,
      clock: computed(() => `${dayText(businessNow())} ${hourMinute(businessNow())}`),
      effect: computed(() =>
        network.value === 'other'
          ? `另有故障：${desk.faults.map((fault) => fault.label || fault.kind).join('、')}`
          : (NETWORKS.find((one) => one.id === network.value)?.effect ?? ''),
      ),
      later: (/** @type {number} */ minutes) => jump(`+${minutes}`, { advanceMs: minutes * 60_000 }),
      toWorkday: () => jump('workday', { to: new Date(nextWorkdayMorning(businessNow())).toISOString() }),
      toDeadline: () =>
        deadline.value === null
          ? undefined
          : jump('deadline', { to: new Date(deadline.value.at).toISOString() }),
      choose: (/** @type {string} */ id) =>
        run(`net-${id}`, async () => {
          await setFault(NETWORKS.find((one) => one.id === id)?.fault ?? null);
          await loadFaults();
        }),
      reset: () =>
        run('reset', async () => {
          dialog.value?.close();
          await resetAll();
        }),
    };
  },
  template: `
    <header class="top">
      <svg class="mark" viewBox="0 0 36 36" aria-hidden="true"><use href="#i-mark"/></svg>
      <div class="brand"><h1>演示台</h1><small>本机信使，不连外网</small></div>
      <div class="ct" role="group" aria-label="时间">
        <span class="lab"><Icon name="clock"/>时间</span>
        <b class="clk" data-test="clock">{{ clock }}</b>
        <button class="btn quiet" :disabled="busy !== ''" @click="later(10)">+10 分钟</button>
        <button class="btn quiet" :disabled="busy !== ''" @click="later(60)">+1 小时</button>
        <button class="btn quiet" :disabled="busy !== ''" @click="toWorkday">下个工作日</button>
        <button v-if="deadline" class="btn soft" :disabled="busy !== ''" :title="deadline.label" @click="toDeadline">
          <Icon name="ff"/>到下个时限 {{ deadline.text }}</button>
      </div>
      <div class="ct">
        <span class="lab" id="net-label"><Icon name="wifi"/>网络</span>
        <div class="seg" role="radiogroup" aria-labelledby="net-label" :data-network="network">
          <button v-for="one in networks" :key="one.id" role="radio" :aria-checked="network === one.id" :title="one.effect"
            :class="{ on: network === one.id, warn: one.id !== 'normal' }" :disabled="busy !== ''" @click="choose(one.id)">{{ one.word }}</button>
        </div>
      </div>
      <span class="sp"></span>
      <p v-if="problem" class="top-say bad" role="alert">{{ problem }}</p>
      <p v-else-if="!desk.connected" class="top-say" role="status">和信使断开了，正在重连</p>
      <p v-else-if="network !== 'normal'" class="top-say" role="status">{{ effect }}</p>
      <a v-if="desk.platformUrl" class="btn quiet" :href="desk.platformUrl" target="_blank" rel="noopener">三服务平台</a>
      <button class="btn quiet" :disabled="busy !== ''" @click="dialog.showModal()"><Icon name="refresh"/>{{ busy === 'reset' ? '正在重来' : '重来' }}</button>
      <dialog ref="dialog" class="ask" aria-labelledby="ask-title">
        <h2 id="ask-title">回到最开始？</h2>
        <p>这次演示里提交、办理和评价的都会清掉，时间也回到起点。</p>
        <div class="ask-b"><button class="btn quiet" autofocus @click="dialog.close()">不了</button><button class="btn" @click="reset">重来</button></div>
      </dialog>
    </header>`,
});
