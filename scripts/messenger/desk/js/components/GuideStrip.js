// @ts-check
import { computed, defineComponent, nextTick, ref, watch } from 'vue';
import { nextStep } from '../guide.js';
import { hand, show } from '../phone.js';
import { desk, personOf } from '../state.js';
import { loadChat } from '../sync.js';
import { personLine } from '../words.js';

const HIDDEN = 'minqing-desk-guide-hidden';

/** @returns {import('../guide.js').Holder[]} everybody whose chat is known, those without a phone here last */
function holders() {
  const onPhones = new Map(desk.phones.map((phone) => [phone.personId, phone.n]));
  return [...new Set([...onPhones.keys(), ...Object.keys(desk.chats)])].flatMap((personId) => {
    const person = personOf(personId);
    return person === undefined
      ? []
      : [
          {
            n: onPhones.get(personId) ?? 0,
            personId,
            name: person.name,
            line: personLine(person),
            roles: person.roles,
            items: desk.chats[personId] ?? [],
          },
        ];
  });
}

/** One sentence for a newcomer: what can be done next, and on whose phone. */
export const GuideStrip = defineComponent({
  setup() {
    const hidden = ref(localStorage.getItem(HIDDEN) === '1');
    const guide = computed(() => nextStep(holders(), desk.since, desk.touched));

    // The next to move may hold no phone here: whoever got something last is looked at.
    watch(
      () => (guide.value?.over ? desk.lately.filter((id) => desk.chats[id] === undefined) : []),
      (unknown) => unknown.forEach((id) => void loadChat(id).catch(() => undefined)),
      { immediate: true },
    );

    /** Takes the eye (and the keyboard) to the phone the sentence speaks of; somebody without one gets one of their kind. */
    async function point() {
      const step = guide.value;
      if (step === null) {
        return;
      }
      const roles = personOf(step.personId)?.roles ?? [];
      const phone =
        desk.phones.find((one) => one.n === step.n) ??
        desk.phones.find((one) => personOf(one.personId)?.roles.some((role) => roles.includes(role))) ??
        desk.phones.at(-1);
      if (phone === undefined) {
        return;
      }
      await hand(phone, step.personId);
      show(phone, step.view);
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
