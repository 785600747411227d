// @ts-check
import { computed, defineComponent, nextTick, ref } from 'vue';
import { nextStep } from '../guide.js';
import { show } from '../phone.js';
import { chatOf, desk, personOf } from '../state.js';

const HIDDEN = 'minqing-desk-guide-hidden';

/** One sentence for a newcomer: what can be done next, and on whose phone. */
export const GuideStrip = defineComponent({
  setup() {
    const hidden = ref(localStorage.getItem(HIDDEN) === '1');
    const guide = computed(() =>
      nextStep(
        desk.phones.flatMap((phone) => {
          const person = personOf(phone.personId);
          return person === undefined
            ? []
            : [{ n: phone.n, name: person.name, roles: person.roles, items: chatOf(phone) }];
        }),
        desk.since,
      ),
    );

    /** Takes the eye (and the keyboard) to the phone the sentence speaks of. */
    async function point() {
      const phone = desk.phones.find((one) => one.n === guide.value?.n);
      if (phone === undefined || guide.value === null) {
        return;
      }
      show(phone, guide.value.view);
      phone.called += 1;
      await nextTick();
      const element = document.getElementById(`phone-${phone.n}`);
      element?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
      element?.focus();
    }

    /** @param {boolean} value */
    function hide(value) {
      hidden.value = value;
      localStorage.setItem(HIDDEN, value ? '1' : '');
    }
    return { hidden, guide, point, hide };
  },
  template: `
    <div v-if="guide && !hidden" class="guide" role="status">
      <span class="guide-k">接下来</span><p data-test="guide">{{ guide.text }}</p>
      <button class="lnk" @click="point">带我去</button>
      <span class="sp"></span>
      <button class="sq" aria-label="收起提示" title="收起提示" @click="hide(true)"><Icon name="x"/></button>
    </div>
    <div v-else class="guide-off"><button v-if="hidden" class="vh-focus lnk" @click="hide(false)">显示下一步提示</button></div>`,
});
