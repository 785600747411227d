import { mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { PEOPLE } from '../../../tests/mock-api/people.ts';
import { REFERENCE } from '../../../tests/mock-api/world.ts';
import { useReference } from '../../stores/reference.ts';
import { useSession } from '../../stores/session.ts';
import DisclosureCards from './DisclosureCards.vue';

const CITY = REFERENCE.committees[0]!;
const COUNTY = { id: 'cppcc-lanxi', name: '兰溪市政协', shortName: '兰溪政协', areaId: 'lanxi' };
const disclosure = { anonymous: false, openness: 'staff' as const, phoneToUnit: false };

async function receiver(areaId: string | null, committeeId = ''): Promise<string> {
  const card = mount(DisclosureCards, { props: { disclosure, committeeId, areaId } });
  await card.find('button[aria-expanded]').trigger('click');
  const text = card.find('.to').text();
  card.unmount();
  return text.replace('交给哪级政协', '').trim();
}

beforeEach(() => {
  setActivePinia(createPinia());
  useSession().me = PEOPLE.member!;
  useReference().reference = {
    ...REFERENCE,
    areas: REFERENCE.areas.map((area) => (area.id === 'lanxi' ? { ...area, receivedBy: COUNTY.id } : area)),
    committees: [CITY, COUNTY],
  };
});

describe('who receives a report', () => {
  it('is told by name before anything is chosen, as the server says for the place', async () => {
    expect(await receiver('jindong')).toBe(`${CITY.name}（按地点）`);
    expect(await receiver('lanxi')).toBe('兰溪市政协（按地点）');
  });

  it('is the member’s own committee while no place is named', async () => {
    expect(await receiver(null)).toBe(`${PEOPLE.member!.committee!.name}（按地点）`);
  });

  it('is whom the member chose', async () => {
    expect(await receiver('jindong', COUNTY.id)).toBe('兰溪市政协');
  });
});
