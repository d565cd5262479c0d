// biome-ignore-all lint/complexity/useOptionalChain: a browser that this page must reach does not know it
// biome-ignore-all lint/complexity/useArrowFunction: a browser that this page must reach does not know it
// Runs before everything else, on any browser however old (so: no syntax after 2009): takes over the stored theme before
// the first paint, tells people in plain words when this browser or this address cannot hold a call, and loads the page again
// where a part of it did not arrive (a browser gives up what is on its way when the network changes).
(function () {
  var root = document.documentElement;
  var own = document.currentScript;
  var theme;
  try {
    theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.setAttribute("data-theme", theme);
  } catch (_e) {}

  // covered before a reload: nothing of ours is to be seen or read in the tab
  try {
    if (own && own.hasAttribute("data-call") && sessionStorage.getItem("notes") === "open") {
      root.setAttribute("data-covered", "");
      document.title = /^en/i.test(navigator.language || "") ? "Notes" : "Notizen";
    }
  } catch (_e) {}

  function missing() {
    if (window.isSecureContext === false) return "insecure";
    var modules = "noModule" in document.createElement("script");
    var base =
      modules &&
      window.crypto &&
      window.crypto.subtle &&
      window.WebAssembly &&
      window.WebSocket &&
      window.indexedDB;
    if (!base) return "old";
    var call = own && own.hasAttribute("data-call");
    if (call && !(window.RTCPeerConnection && navigator.mediaDevices)) return "old";
    return "";
  }

  var texts = {
    old: {
      de: [
        "Dieser Browser ist zu alt für einen sicheren Videoanruf.",
        "Ihr Link ist in Ordnung und bleibt gültig. Öffnen Sie ihn bitte in einer aktuellen Version von Firefox, Chrome, Edge oder Safari, zum Beispiel auf Ihrem Telefon.",
      ],
      en: [
        "This browser is too old for a secure video call.",
        "Your link is fine and stays valid. Please open it in a current version of Firefox, Chrome, Edge or Safari, for example on your phone.",
      ],
    },
    insecure: {
      de: [
        "Diese Adresse ist nicht verschlüsselt.",
        "Kamera, Mikrofon und Verschlüsselung gibt der Browser nur über https frei. Öffnen Sie die Seite bitte über die https-Adresse Ihrer Praxis. Ihr Link bleibt gültig.",
      ],
      en: [
        "This address is not encrypted.",
        "The browser allows camera, microphone and encryption over https only. Please open the page at the https address of your practice. Your link stays valid.",
      ],
    },
    cut: {
      de: [
        "Diese Seite ist nicht ganz angekommen.",
        "Die Verbindung war gerade weg. Ihr Link ist in Ordnung und bleibt gültig.",
        "Neu laden",
      ],
      en: [
        "This page did not arrive whole.",
        "The connection was lost for a moment. Your link is fine and stays valid.",
        "Load again",
      ],
    },
  };

  function say(why) {
    var english = /^en/i.test(navigator.language || "") || /[?&]lang=en/.test(location.search);
    var text = texts[why][english ? "en" : "de"];
    var page = document.createElement("main");
    page.className = "unfit";
    var title = document.createElement("h1");
    title.appendChild(document.createTextNode(text[0]));
    var body = document.createElement("p");
    body.appendChild(document.createTextNode(text[1]));
    page.appendChild(title);
    page.appendChild(body);
    if (text[2]) page.appendChild(reloader(text[2]));
    document.body.appendChild(page);
  }

  function reloader(label) {
    var button = document.createElement("button");
    button.appendChild(document.createTextNode(label));
    button.addEventListener("click", function () {
      location.reload();
    });
    return button;
  }

  // Higher: somebody waits before an empty page. Lower: the network is not back yet.
  var AGAIN_MS = 1000;
  // More: a page that can never arrive turns in circles. Fewer: a change of network needs a press.
  var AGAIN_MAX = 3;

  /** How often this page was loaded again in the last minute by itself. */
  function tries() {
    var kept;
    try {
      kept = String(sessionStorage.getItem("tpc-cut")).split(" ");
      return Date.now() - Number(kept[1]) < 60000 ? Number(kept[0]) : 0;
    } catch (_e) {
      return AGAIN_MAX;
    }
  }

  function cut(event) {
    var part = event.target;
    var app = document.getElementById("app");
    var counts = part && (part.tagName === "SCRIPT" || part.rel === "stylesheet");
    // what is missing later belongs to the page, which is in use by then
    if (!counts || (app && app.childNodes.length > 0) || root.hasAttribute("data-unfit")) return;
    root.setAttribute("data-unfit", "cut");
    var before = tries();
    if (before >= AGAIN_MAX) return whenRead("cut");
    sessionStorage.setItem("tpc-cut", [before + 1, Date.now()].join(" "));
    setTimeout(function () {
      location.reload();
    }, AGAIN_MS);
  }

  function whenRead(why) {
    function act() {
      say(why);
    }
    if (!document.addEventListener) window.attachEvent("onload", act);
    else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", act);
    else act();
  }

  var why = missing();
  if (why === "") {
    window.addEventListener("error", cut, true);
    return;
  }
  root.setAttribute("data-unfit", why);
  whenRead(why);
})();
