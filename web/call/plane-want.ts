// Says what a call wants to see of the others; apart, since workers without a DOM read it too.
/** A picture that is shown here: how high (pixels), the most important with rank 0. */
export type PlaneWant = {
  readonly slot: number;
  readonly screen: boolean;
  readonly height: number;
  readonly rank: number;
};
