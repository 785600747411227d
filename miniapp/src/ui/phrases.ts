/** A sentence in the phrases its commas make: where it must break, it breaks between them. */
export const phrasesOf = (sentence: string): string[] => sentence.match(/[^，。；]+[，。；]?/g) ?? [];
