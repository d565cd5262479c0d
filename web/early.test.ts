/** The one script that must run on any browser: what it looks for, and that an old one can read it at all. */
import { describe, expect, test } from "bun:test";
import { runInNewContext } from "node:vm";

const code = await Bun.file(new URL("./public/early.js", import.meta.url)).text();

type World = {
  secure?: boolean;
  lacks?: string[];
  call?: boolean;
  language?: string;
  search?: string;
  /** What did not arrive. */
  cut?: { tagName: string; rel?: string };
  /** The page is in use already. */
  isDrawn?: boolean;
  /** What the session remembers of earlier tries; null: it keeps nothing. */
  kept?: Map<string, string> | null;
};

/** Runs the script in a page of the given kind; what it set and said. */
function run(world: World) {
  const { secure = true, lacks = [], call = false, language = "de-DE", search = "" } = world;
  const attributes: Record<string, string> = {};
  const said: string[] = [];
  let [cut, reloads]: [((event: object) => void) | null, number] = [null, 0];
  const element = (): object => ({
    appendChild: (node: unknown) => typeof node === "string" && said.push(node),
    addEventListener: () => {},
  });
  const things: Record<string, unknown> = {
    crypto: { subtle: {} },
    WebAssembly: {},
    WebSocket: {},
    indexedDB: {},
    RTCPeerConnection: {},
    isSecureContext: secure,
    addEventListener: (_: string, listener: (event: object) => void) => {
      cut = listener;
    },
  };
  for (const thing of lacks) delete things[thing];
  if (lacks.includes("subtle")) things.crypto = {};
  const document = {
    documentElement: {
      setAttribute: (name: string, value: string) => (attributes[name] = value),
      hasAttribute: (name: string) => name in attributes,
    },
    readyState: "complete",
    getElementById: () => ({ childNodes: { length: world.isDrawn ? 1 : 0 } }),
    currentScript: { hasAttribute: () => call },
    createElement: (name: string) =>
      name === "script" && !lacks.includes("modules") ? { noModule: true } : element(),
    createTextNode: (text: string) => text,
    addEventListener: (_: string, listener: () => void) => listener(),
    body: element(),
  };
  const navigator = { language, ...(lacks.includes("mediaDevices") ? {} : { mediaDevices: {} }) };
  const localStorage = { getItem: () => "dark" };
  const location = { search, reload: () => reloads++ };
  const globals = { window: things, document, navigator, localStorage, location, Date };
  runInNewContext(code, {
    ...globals,
    sessionStorage: sessionOf(world),
    setTimeout: (act: () => void) => act(),
  });
  if (world.cut) (cut as ((event: object) => void) | null)?.({ target: world.cut });
  return { unfit: attributes["data-unfit"], theme: attributes["data-theme"], said: said.join(" "), reloads };
}

function sessionOf({ kept = new Map() }: World) {
  return {
    getItem: (key: string) => {
      if (kept === null) throw new Error("keeps nothing");
      return kept.get(key) ?? null;
    },
    setItem: (key: string, value: string) => kept?.set(key, value),
  };
}

describe("[2 bad input] old browser, insecure origin", () => {
  test("a fit browser sees nothing of it, and gets its theme before the first paint", () => {
    expect(run({ call: true })).toEqual({ unfit: undefined, theme: "dark", said: "", reloads: 0 });
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

  test.each([{ tagName: "SCRIPT" }, { tagName: "LINK", rel: "stylesheet" }])(
    "a part that did not arrive: the page loads again by itself, three times in a minute, then says so: %j",
    (cut) => {
      const kept = new Map<string, string>();
      for (const _ of [1, 2, 3]) expect(run({ cut, kept })).toMatchObject({ reloads: 1, said: "" });
      const last = run({ cut, kept });
      expect(last.reloads).toBe(0);
      expect(last.said).toContain("nicht ganz angekommen");
      kept.set("tpc-cut", `3 ${Date.now() - 61_000}`);
      expect(run({ cut, kept }).reloads).toBe(1);
    },
  );

  test("where the session keeps nothing the page does not turn in circles", () => {
    expect(run({ cut: { tagName: "SCRIPT" }, kept: null })).toMatchObject({ reloads: 0, unfit: "cut" });
  });

  test("a page in use is never loaded again, and a missing icon is no reason", () => {
    expect(run({ cut: { tagName: "SCRIPT" }, isDrawn: true }).reloads).toBe(0);
    expect(run({ cut: { tagName: "LINK", rel: "icon" } }).reloads).toBe(0);
  });

  test("no syntax that a browser of 2010 cannot read", () => {
    const plain = code.replace(/\/\/.*|"(?:[^"\\]|\\.)*"/g, "");
    expect(plain).not.toMatch(/=>|\b(?:const|let|class|async|await)\b|`|\?\.|\?\?|\.\.\./);
  });
});
