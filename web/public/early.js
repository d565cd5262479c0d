// biome-ignore-all lint/complexity/useOptionalChain: a browser that this page must reach does not know it
// biome-ignore-all lint/complexity/useArrowFunction: a browser that this page must reach does not know it
// Runs before everything else, on any browser however old (so: no syntax after 2009): takes over the stored theme before
// the first paint, and tells people in plain words when this browser or this address cannot hold a call.
(function () {
  var root = document.documentElement;
  var own = document.currentScript;
  var theme;
  try {
    theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.setAttribute("data-theme", theme);
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
    document.body.appendChild(page);
  }

  var why = missing();
  if (why === "") return;
  root.setAttribute("data-unfit", why);
  if (document.addEventListener)
    document.addEventListener("DOMContentLoaded", function () {
      say(why);
    });
  else
    window.attachEvent("onload", function () {
      say(why);
    });
})();
