/** German texts of the therapist's ring around a session. */
export const hour = {
  ring: (minutes: number, left: number) =>
    left === 0
      ? `Sitzung von ${minutes} Minuten: die Zeit ist um`
      : `Sitzung von ${minutes} Minuten: noch ${left === 1 ? "1 Minute" : `${left} Minuten`}`,
  waiting: (minutes: number) => `Sitzung von ${minutes} Minuten: noch nicht begonnen`,
  title: "Dauer einer Sitzung",
  length: (minutes: number) => `${minutes} Minuten`,
  soon: (minutes: number) => `Noch ${minutes} Minuten`,
};
