import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { api, type Reference } from '../api/index.ts';

/** Categories, areas and committees: read once a page load, by the first screen that needs them. */
export const useReference = defineStore('reference', () => {
  const reference = shallowRef<Reference | null>(null);
  let loading: Promise<Reference> | null = null;

  /** Throws ApiError; a failed read is tried again by the next caller. */
  function load(): Promise<Reference> {
    loading ??= api
      .reference()
      .then((read) => {
        reference.value = read;
        return read;
      })
      .catch((error: unknown) => {
        loading = null;
        throw error;
      });
    return loading;
  }

  return { reference, load };
});
