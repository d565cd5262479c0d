/** The practice's logo, as clients and the room name it. */
export const logo = {
  alt: "Praxislogo",
  named: (practice: string) => `Logo: ${practice}`,
  hide: "Praxislogo verkleinern",
  show: "Praxislogo anzeigen",
};
