/** Rows of the catalogue; the rest of the tables stands in tables.ts. */

/** What an area (`area:<id>`), a unit (`unit:<id>`) or a person (`person:<id>`) set for themselves. */
export interface CatalogueTable {
  owner: string;
  kind: string;
  item_id: string;
  value_json: string;
  change_id: string; // of the change that made it so
}

/** What administrators changed there: `before` and `after` are null where nothing was set. */
export interface CatalogueChangeTable {
  id: string;
  area_id: string; // whose administrators it concerns
  owner: string;
  kind: string;
  item_id: string;
  at: number; // business time, epoch milliseconds
  person_id: string;
  before_json: string | null;
  after_json: string | null;
  undone_by: string | null;
}

export interface CatalogueTables {
  catalogue: CatalogueTable;
  catalogue_change: CatalogueChangeTable;
}
