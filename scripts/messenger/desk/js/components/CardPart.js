// @ts-check
import { computed, defineComponent, ref } from 'vue';
import { openAct } from '../guide.js';
import { onPhone } from '../links.js';
import { openLink } from '../phone.js';
import { readMarkdown } from '../markdown.js';
import { cardKey, draftKey, pressButton, pressStar } from '../press.js';
import { desk } from '../state.js';
import { pageOf, touch } from '../story.js';

/** A light is a shape and a word, never a colour alone. @type {Record<string, string>} */
const SHAPES = { green: '●', amber: '◐', red: '■', grey: '‖' };

/** One component of a card. Rows hold components again. */
export const CardPart = defineComponent({
  name: 'CardPart',
  props: {
    phone: {
      type: /** @type {import('vue').PropType<import('../state.js').Phone>} */ (Object),
      required: true,
    },
    item: {
      type: /** @type {import('vue').PropType<import('../types.js').ChatItem>} */ (Object),
      required: true,
    },
    part: {
      type: /** @type {import('vue').PropType<import('../types.js').Part>} */ (Object),
      required: true,
    },
  },
  setup(props) {
    const broken = ref(/** @type {Record<string, number>} */ ({}));
    const key = computed(() => cardKey(props.phone, props.item));
    const sending = computed(() => desk.sending[key.value]);
    const field = computed(() =>
      draftKey(props.phone, props.item, 'name' in props.part ? props.part.name : ''),
    );
    const own = computed(() => ('value' in props.part ? props.part.value : ''));

    /** @param {string} url @returns {string} under the phone's own host first, as given when that fails */
    function picture(url) {
      const tries = broken.value[url] ?? 0;
      return URL.canParse(url) && tries === 0
        ? onPhone(url, props.phone.n, location, desk.appOrigin).url
        : url;
    }

    /** @param {Event} event */
    function type(event) {
      if (event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLSelectElement) {
        desk.drafts[field.value] = event.target.value;
      }
    }

    return {
      broken,
      picture,
      type,
      readMarkdown,
      sending,
      draft: computed(() => desk.drafts[field.value] ?? own.value),
      chosen: computed(() => desk.drafts[field.value] ?? ''),
      stars: computed(() => desk.picks[key.value] ?? own.value),
      picking: computed(() => desk.picks[key.value] !== undefined),
      shape: computed(() => ('light' in props.part ? (SHAPES[props.part.light] ?? '') : '')),
      sends: computed(() => 'actionId' in props.part && sending.value === props.part.actionId),
      progress: computed(() =>
        'text' in props.part && props.part.text.length <= 4 ? `正在${props.part.text}` : '正在发送',
      ),
      failed: (/** @type {string} */ url) => {
        broken.value = { ...broken.value, [url]: (broken.value[url] ?? 0) + 1 };
      },
      open(/** @type {string} */ url) {
        if (openAct(props.item) !== null) {
          touch(pageOf(url));
        }
        openLink(props.phone, url);
      },
      press: () =>
        props.part.kind === 'button' ? pressButton(props.phone, props.item, props.part) : undefined,
      star: (/** @type {number} */ n) =>
        props.part.kind === 'stars' ? pressStar(props.phone, props.item, props.part, n) : undefined,
    };
  },
  template: `
    <p v-if="part.kind === 'strip'" class="strip"><span class="strip-t">{{ part.text }}</span>
      <em v-if="part.lightText" :class="['lt', shape ? part.light : 'tag']"><i v-if="shape" aria-hidden="true">{{ shape }}</i>{{ part.lightText }}</em></p>
    <h3 v-else-if="part.kind === 'title'" :class="{ quiet: part.quiet }">{{ part.text }}</h3>
    <p v-else-if="part.kind === 'text'" :class="['tx', part.tone, part.maxLines && 'clamp']" :style="part.maxLines ? { '-webkit-line-clamp': part.maxLines } : undefined" :title="part.maxLines ? part.text : undefined">{{ part.text }}</p>
    <dl v-else-if="part.kind === 'fields'" class="kv"><template v-for="(one, i) in part.items" :key="i"><dt>{{ one.label }}</dt><dd :class="{ strong: one.strong }">{{ one.value }}</dd></template></dl>
    <div v-else-if="part.kind === 'images'" class="pics"><figure v-for="(one, i) in part.items" :key="i">
      <img v-if="(broken[one.url] || 0) < 2" :src="picture(one.url)" :alt="one.alt || '照片'" loading="lazy" @error="failed(one.url)"><span v-else class="pic-0">照片暂时看不到</span></figure></div>
    <dl v-else-if="part.kind === 'figures'" class="figs"><div v-for="(one, i) in part.items" :key="i"><dd>{{ one.value }}</dd><dt>{{ one.label }}</dt></div></dl>
    <p v-else-if="part.kind === 'divider'" class="or"><span v-if="part.text">{{ part.text }}</span></p>
    <div v-else-if="part.kind === 'markdown'" class="md"><component :is="block.tag === 'head' ? 'h4' : 'p'" v-for="(block, i) in readMarkdown(part.text)" :key="i" :class="block.tag"><template v-for="(span, j) in block.spans" :key="j"><button v-if="span.url" class="lnk" @click="open(span.url)">{{ span.text }}</button><b v-else-if="span.bold">{{ span.text }}</b><template v-else>{{ span.text }}</template></template></component></div>
    <label v-else-if="part.kind === 'select'" class="fd sel" :class="{ empty: chosen === '' }"><span class="vh">{{ part.placeholder }}</span>
      <select :name="part.name" :value="chosen" :disabled="!!sending" @change="type"><option value="">{{ part.placeholder }}</option><option v-for="(one, i) in part.options" :key="i" :value="String(i)">{{ one }}</option></select><Icon name="down"/></label>
    <label v-else-if="part.kind === 'input'" class="fd inp"><span class="vh">{{ part.placeholder }}</span>
      <textarea :name="part.name" rows="1" :placeholder="part.placeholder" :maxlength="part.maxLength" :value="draft" :readonly="!!sending" @input="type"></textarea>
      <small v-if="draft.length > part.maxLength * 0.8">还可写 {{ part.maxLength - draft.length }} 字</small></label>
    <div v-else-if="part.kind === 'stars'" class="stars" :class="{ ro: part.done }">
      <div v-if="part.done" class="st-row" role="img" :aria-label="part.value + ' 星'"><svg v-for="n in 5" :key="n" :class="{ on: n <= part.value }" aria-hidden="true"><use href="#i-star"/></svg></div>
      <div v-else class="st-row" role="radiogroup" :aria-label="part.caption || '打几颗星'"><button v-for="n in 5" :key="n" role="radio" :aria-checked="n === stars" :aria-label="n + ' 星'" :class="{ on: n <= stars }" :disabled="!!sending && !picking" @click="star(n)"><svg aria-hidden="true"><use href="#i-star"/></svg></button></div>
      <p v-if="part.caption" :class="{ wait: picking }">{{ part.caption }}</p></div>
    <button v-else-if="part.kind === 'button'" :class="['b', part.style, sends && 'sends']" :disabled="!part.enabled || !!sending" :data-action="part.actionId" @click="press"><span :class="{ hid: sends }">{{ part.text }}</span><span v-if="sends" class="prog" role="status">{{ progress }}</span></button>
    <button v-else-if="part.kind === 'link'" :class="['b', part.style]" role="link" @click="open(part.url)">{{ part.text }}</button>
    <div v-else-if="part.kind === 'row'" class="rw"><CardPart v-for="(one, i) in part.items" :key="one.kind + i" :phone="phone" :item="item" :part="one"/></div>`,
});
