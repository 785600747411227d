// @ts-check
import { computed, defineComponent, nextTick, onMounted, onUnmounted, ref } from 'vue';
import { hand, openPc } from '../phone.js';
import { desk, personOf } from '../state.js';
import { groupOf, hostWord, personLine } from '../words.js';

/** @typedef {import('../types.js').Person} Person */

/**
 * Everyone in the directory under their unit or role, those the words match first of all by name.
 * @param {Person[]} people
 * @param {string} words
 * @returns {{ key: string, people: Person[] }[]}
 */
function grouped(people, words) {
  const wanted = words.trim().toLowerCase();
  const found = people.filter((person) =>
    `${person.name} ${personLine(person)} ${person.unit} ${person.id} ${hostWord(person.host)}`
      .toLowerCase()
      .includes(wanted),
  );
  /** @type {Map<string, { order: number, people: Person[] }>} */
  const groups = new Map();
  for (const person of found) {
    const { key, order } = groupOf(person);
    const group = groups.get(key) ?? { order, people: [] };
    group.people.push(person);
    groups.set(key, group);
  }
  return [...groups.entries()]
    .sort(([a, x], [b, y]) => x.order - y.order || a.localeCompare(b, 'zh-CN'))
    .map(([key, group]) => ({ key, people: group.people }));
}

/** Who holds the phone below, and the list to choose somebody else. */
export const PersonPicker = defineComponent({
  props: {
    phone: {
      type: /** @type {import('vue').PropType<import('../state.js').Phone>} */ (Object),
      required: true,
    },
  },
  setup(props) {
    const open = ref(false);
    const words = ref('');
    const at = ref(0);
    /** @type {import('vue').Ref<HTMLElement | null>} */
    const root = ref(null);
    const person = computed(() => personOf(props.phone.personId));
    const groups = computed(() => grouped(desk.people, words.value));
    const flat = computed(() => groups.value.flatMap((group) => group.people));
    const current = computed(() => flat.value[at.value]?.id ?? '');

    async function toggle() {
      open.value = !open.value;
      if (!open.value) {
        return;
      }
      words.value = '';
      at.value = Math.max(
        0,
        flat.value.findIndex((one) => one.id === props.phone.personId),
      );
      await nextTick();
      root.value?.querySelector('input')?.focus();
      reveal('center');
    }

    function close() {
      open.value = false;
      root.value?.querySelector('button')?.focus();
    }

    /** @param {ScrollLogicalPosition} [block] */
    function reveal(block = 'nearest') {
      root.value?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block });
    }

    /** @param {Person | undefined} chosen */
    async function choose(chosen) {
      if (chosen === undefined) {
        return;
      }
      close();
      await hand(props.phone, chosen.id);
    }

    /** @param {KeyboardEvent} event */
    async function onKey(event) {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (step !== 0) {
        event.preventDefault();
        at.value = Math.min(flat.value.length - 1, Math.max(0, at.value + step));
        await nextTick();
        reveal();
      }
      if (event.key === 'Enter' && !event.isComposing) {
        event.preventDefault();
        await choose(flat.value[at.value]);
      }
      if (event.key === 'Escape') {
        event.stopPropagation();
        close();
      }
    }

    /** @param {Event} event */
    function outside(event) {
      if (open.value && event.target instanceof Node && root.value?.contains(event.target) === false) {
        open.value = false;
      }
    }
    onMounted(() => document.addEventListener('pointerdown', outside));
    onUnmounted(() => document.removeEventListener('pointerdown', outside));

    /** @param {string} id @returns {string} which other phone already shows this person */
    function elsewhere(id) {
      const other = desk.phones.find((phone) => phone.personId === id);
      return other === undefined ? '' : `手机 ${other.n}`;
    }
    return {
      open,
      words,
      at,
      root,
      person,
      groups,
      flat,
      current,
      toggle,
      choose,
      onKey,
      elsewhere,
      personLine,
      hostWord,
      search: () => {
        at.value = 0;
      },
      pc: () => openPc(props.phone),
    };
  },
  template: `
    <div ref="root" class="pk" :data-phone="phone.n">
      <button class="pk-b" aria-haspopup="listbox" :aria-expanded="open" @click="toggle">
        <span class="vh">换人，现在是</span><span class="ava" aria-hidden="true">{{ person ? person.name.slice(0, 1) : '' }}</span>
        <span class="pk-w"><b class="el">{{ person ? person.name : '选一个人' }}</b><small class="el" :title="person ? person.unit : ''">{{ person ? personLine(person) : '' }}</small></span>
        <span v-if="person" class="tag">{{ hostWord(person.host) }}</span>
        <Icon name="down"/>
      </button>
      <button class="pk-pc" aria-label="PC 窗口" title="打开这个人的 PC 窗口" @click="pc"><Icon name="window"/></button>
      <div v-if="open" class="pop" :class="{ end: phone.n > 3 }" @keydown="onKey">
        <label class="pop-s"><Icon name="search"/><span class="vh">找人</span>
          <input v-model="words" type="search" placeholder="姓名、单位、身份" autocomplete="off" role="combobox" aria-expanded="true"
            :aria-controls="'people-' + phone.n" :aria-activedescendant="current ? 'person-' + phone.n + '-' + current : undefined" @input="search"></label>
        <div :id="'people-' + phone.n" class="pop-l" role="listbox" aria-label="通讯录" tabindex="-1">
          <div v-for="group in groups" :key="group.key" role="group" :aria-label="group.key">
            <p class="pop-g">{{ group.key }}</p>
            <div v-for="one in group.people" :id="'person-' + phone.n + '-' + one.id" :key="one.id" class="pop-p" role="option"
              :aria-selected="one.id === current" @pointermove="at = flat.indexOf(one)" @click="choose(one)">
              <span class="ava sm" aria-hidden="true">{{ one.name.slice(0, 1) }}</span>
              <span class="pk-w"><b class="el">{{ one.name }}</b><small class="el">{{ personLine(one) }}</small></span>
              <span v-if="one.host === 'zhezhengding'" class="tag">{{ hostWord(one.host) }}</span>
              <em v-if="elsewhere(one.id)">{{ elsewhere(one.id) }}</em>
            </div>
          </div>
          <p v-if="flat.length === 0" class="pop-0">没有找到「{{ words }}」</p>
        </div>
      </div>
    </div>`,
});
