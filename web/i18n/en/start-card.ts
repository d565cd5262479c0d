/** The card at the start of a call, on both screens. */
export const startCard = {
  title: "Who is in the room? No recording.",
  text: "Tell each other who is in the room with you. Nobody records this talk.",
  read: "Got it",
};
