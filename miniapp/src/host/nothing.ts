/** Stands in the bundle for a package's part that no supported web view needs. */
export {};
