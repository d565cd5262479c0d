/** The one script that must run on any browser: what it looks for, and that an old one can read it at all. */
import { describe, expect, test } from "bun:test";
import { runInNewContext } from "node:vm";

const code = await Bun.file(new URL("./public/old-browser.js", import.meta.url)).text();

type World = { secure?: boolean; lacks?: string[]; call?: boolean; language?: string; search?: string };

/** Runs the script in a page of the given kind; what it set and said. */
function run({ secure = true, lacks = [], call = false, language = "de-DE", search = "" }: World) {
  const attributes: Record<string, string> = {};
  const said: string[] = [];
  const element = (): object => ({
    appendChild: (node: unknown) => typeof node === "string" && said.push(node),
  });
  const things: Record<string, unknown> = {
    crypto: { subtle: {} },
    WebAssembly: {},
    WebSocket: {},
    indexedDB: {},
    RTCPeerConnection: {},
    isSecureContext: secure,
  };
  for (const thing of lacks) delete things[thing];
  if (lacks.includes("subtle")) things.crypto = {};
  const document = {
    documentElement: { setAttribute: (name: string, value: string) => (attributes[name] = value) },
    currentScript: { hasAttribute: () => call },
    createElement: (name: string) =>
      name === "script" && !lacks.includes("modules") ? { noModule: true } : element(),
    createTextNode: (text: string) => text,
    addEventListener: (_: string, listener: () => void) => listener(),
    body: element(),
  };
  const navigator = { language, ...(lacks.includes("mediaDevices") ? {} : { mediaDevices: {} }) };
  const localStorage = { getItem: () => "dark" };
  runInNewContext(code, { window: things, document, navigator, localStorage, location: { search } });
  return { unfit: attributes["data-unfit"], theme: attributes["data-theme"], said: said.join(" ") };
}

describe("[2 bad input] old browser, insecure origin", () => {
  test("a fit browser sees nothing of it, and gets its theme before the first paint", () => {
    expect(run({ call: true })).toEqual({ unfit: undefined, theme: "dark", said: "" });
  });

  test.each(["crypto", "subtle", "WebAssembly", "WebSocket", "indexedDB", "modules"])(
    "without %s every page says so",
    (thing) => {
      const { unfit, said } = run({ lacks: [thing] });
      expect(unfit).toBe("old");
      expect(said).toContain("zu alt");
    },
  );

  test.each(["RTCPeerConnection", "mediaDevices"])("without %s only the client's page says so", (thing) => {
    expect(run({ lacks: [thing], call: true }).unfit).toBe("old");
    expect(run({ lacks: [thing] }).unfit).toBeUndefined();
  });

  test("an address without https is named as what it is, also where cryptography is missing for that reason", () => {
    const { unfit, said } = run({ secure: false, lacks: ["crypto"] });
    expect(unfit).toBe("insecure");
    expect(said).toContain("https");
  });

  test("English where the browser or the address asks for it", () => {
    expect(run({ secure: false, language: "en-GB" }).said).toContain("not encrypted");
    expect(run({ secure: false, search: "?lang=en" }).said).toContain("not encrypted");
  });

  test("no syntax that a browser of 2010 cannot read", () => {
    const plain = code.replace(/\/\/.*|"(?:[^"\\]|\\.)*"/g, "");
    expect(plain).not.toMatch(/=>|\b(?:const|let|class|async|await)\b|`|\?\.|\?\?|\.\.\./);
  });
});
