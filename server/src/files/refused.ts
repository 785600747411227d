/** The file itself is at fault: trying again would change nothing, so its uploader is told why. */
export class Refused extends Error {
  override name = 'Refused';
  /** One Chinese sentence for the uploader. */
  readonly problem: string;

  constructor(problem: string, cause?: unknown) {
    super('the file is refused', { cause });
    this.problem = problem;
  }
}
