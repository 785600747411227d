/** What GeoReport answers instead of a result: a list of a code, which is the HTTP status, and a description. */
export class GeoReportFault extends Error {
  override name = 'GeoReportFault';
  readonly status: number;
  readonly descriptions: readonly string[];

  constructor(status: number, ...descriptions: string[]) {
    super(descriptions.join('; '));
    this.status = status;
    this.descriptions = descriptions;
  }
}
