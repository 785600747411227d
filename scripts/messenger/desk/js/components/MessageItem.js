// @ts-check
import { computed, defineComponent } from 'vue';
import { openLink } from '../phone.js';
import { cardKey } from '../press.js';
import { desk } from '../state.js';
import { CardPart } from './CardPart.js';

/** One message: an interactive card as its template draws it, or a work notice as the messenger lays it out. */
export const MessageItem = defineComponent({
  components: { CardPart },
  props: {
    phone: {
      type: /** @type {import('vue').PropType<import('../state.js').Phone>} */ (Object),
      required: true,
    },
    item: {
      type: /** @type {import('vue').PropType<import('../types.js').ChatItem>} */ (Object),
      required: true,
    },
  },
  setup(props) {
    const isCard = computed(() => props.item.kind === 'card');
    return {
      isCard,
      busy: computed(() => desk.sending[cardKey(props.phone, props.item)] !== undefined),
      canOpen: computed(() => !isCard.value && props.item.url !== ''),
      open: () => openLink(props.phone, props.item.url),
    };
  },
  template: `
    <p v-if="item.recalled" class="gone">民情一点通撤回了一条消息</p>
    <div v-else class="bub"><span class="av" aria-hidden="true">民</span>
      <div class="mc" :class="{ done: item.handled, notice: !isCard }" :aria-busy="busy" :data-track="item.outTrackId || undefined">
        <p v-if="!isCard" class="app-n"><span>工作通知</span><em v-if="item.status" class="stat"><i :style="{ background: item.status.bg || undefined }"></i>{{ item.status.text }}</em></p>
        <CardPart v-for="(part, index) in item.parts" :key="part.kind + index" :phone="phone" :item="item" :part="part"/>
        <button v-if="canOpen" class="b link" @click="open">查看详情<Icon name="right"/></button>
      </div></div>`,
});
