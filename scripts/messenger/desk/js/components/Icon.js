// @ts-check
import { h } from 'vue';

/** A line icon of the sprite in `index.html`. @param {{ name: string, large?: boolean }} props */
export function Icon(props) {
  return h('svg', { class: ['ic', props.large === true && 'l'], 'aria-hidden': 'true' }, [
    h('use', { href: `#i-${props.name}` }),
  ]);
}
Icon.props = { name: String, large: Boolean };
