/** The form of the legal pages: plain sections, so that both languages say the same in the same order. */
export type LegalSection = {
  readonly title: string;
  readonly text: readonly string[];
  readonly list?: readonly (readonly [term: string, meaning: string])[];
};
export type LegalText = {
  readonly title: string;
  readonly lead?: string;
  readonly sections: readonly LegalSection[];
};
export type LegalTexts = {
  readonly operator: string;
  readonly operatorMissing: string;
  /** How long this server keeps times. */
  readonly retention: (days: number) => string;
  readonly imprint: LegalText;
  readonly privacy: LegalText;
  readonly terms: LegalText;
};
