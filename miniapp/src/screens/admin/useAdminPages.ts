import { computed, onMounted } from 'vue';
import { useAttention } from '../../stores/attention.ts';
import { ADMIN_PAGES, groupsOf, type AdminPage } from './pages.ts';

/** The pages as the lists show them: with what waits there, and without those where nothing does and nothing could. */
export function useAdminPages(open: () => string = () => '') {
  const attention = useAttention();
  const numberOf = (page: AdminPage): number => (page.number ? attention[page.number] : 0);
  const numberText = (page: AdminPage): string => {
    const number = numberOf(page);
    return number > 999 ? '999+' : String(number);
  };
  const groups = computed(() =>
    groupsOf(ADMIN_PAGES.filter((page) => !page.onlyWith || numberOf(page) > 0 || page.id === open())),
  );
  onMounted(() => void attention.refresh());
  return { groups, numberOf, numberText };
}
