/** What it can be told to do wrong. Probabilities from 0 to 1. */
export interface Faults {
  /** Every answer waits this long, ms. */
  slowMs: number;
  /** The message is taken, the answer never comes. */
  loseAnswers: number;
  /** A message of ours is sent twice. */
  duplicates: number;
  /** A later message of a case is tried before an earlier one. */
  reorder: number;
  /** A message of ours is lost on the way and has to be sent again. */
  drop: number;
  /** The signature of a message of ours is wrong. */
  wrongSignature: number;
  /** The bytes of a file of ours are not those that were told. */
  alterFiles: boolean;
  /** Links to files of ours have expired before they are sent. */
  staleLinks: boolean;
  /** Answers nobody and sends nothing. */
  down: boolean;
}

export const NO_FAULTS: Faults = {
  slowMs: 0,
  loseAnswers: 0,
  duplicates: 0,
  reorder: 0,
  drop: 0,
  wrongSignature: 0,
  alterFiles: false,
  staleLinks: false,
  down: false,
};

export const happens = (probability: number): boolean => probability > 0 && Math.random() < probability;
