/** Asking for a plan works with and without an operator that is named. */
import { expect, test } from "bun:test";
import { askAddress, askWords } from "./ask.ts";

const operator = {
  name: "Praxis am Park",
  address: "Lindenweg 4; 10115 Berlin",
  mail: "post@praxis.example",
};

test("a mail with a subject that says nothing of anybody", () => {
  expect(askAddress(operator, "Anfrage zu Connect Flex")).toBe(
    "mailto:post@praxis.example?subject=Anfrage%20zu%20Connect%20Flex",
  );
  expect(askAddress({ mail: "" }, "x")).toBeNull();
  expect(askAddress(null, "x")).toBeNull();
});

test("without a mail: name and address, without a name the operator", () => {
  expect(askWords(operator)).toBe("Anfragen an: Praxis am Park, Lindenweg 4, 10115 Berlin");
  expect(askWords({ name: "Praxis am Park", address: "" })).toBe("Anfragen an: Praxis am Park");
  expect(askWords({ name: "", address: "" })).toBe("Fragen Sie den Betreiber dieses Servers.");
  expect(askWords(null)).toBe("Fragen Sie den Betreiber dieses Servers.");
});
