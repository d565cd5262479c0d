/** Steps that help against a missing camera or microphone, each for one browser or one system. They are put together by `call/help.ts`. */
export const help = {
  title: "So geht es",
  step: {
    // what the browser allows
    allowChrome:
      "Klicken Sie links neben der Adresse auf das Zeichen mit den zwei Reglern, und schalten Sie Kamera und Mikrofon ein.",
    allowChromeAndroid:
      "Tippen Sie links neben der Adresse auf das Zeichen, dann auf „Berechtigungen“, und erlauben Sie Kamera und Mikrofon.",
    allowEdge:
      "Klicken Sie links neben der Adresse auf das Schloss, und stellen Sie Kamera und Mikrofon auf „Zulassen“.",
    allowEdgePhone:
      "Tippen Sie neben der Adresse auf das Schloss, dann auf „Berechtigungen“, und erlauben Sie Kamera und Mikrofon.",
    allowFirefox:
      "Klicken Sie links in der Adresszeile auf das durchgestrichene Kamera- oder Mikrofonzeichen, und entfernen Sie mit dem × daneben die Sperre.",
    allowFirefoxAndroid:
      "Tippen Sie neben der Adresse auf das Schild oder Schloss, und setzen Sie Kamera und Mikrofon auf „Erlaubt“.",
    allowSafari:
      "Wählen Sie oben im Menü „Safari“ den Punkt „Einstellungen für diese Website“, und stellen Sie Kamera und Mikrofon auf „Erlauben“.",
    allowSafariIos:
      "Tippen Sie in der Adresszeile auf das Seitenzeichen (oder „AA“), dann auf die drei Punkte und „Website-Einstellungen“, und stellen Sie Kamera und Mikrofon auf „Erlauben“.",
    allowSamsung:
      "Tippen Sie links neben der Adresse auf das Schloss, dann auf „Berechtigungen“, und erlauben Sie Kamera und Mikrofon.",
    allowOther:
      "Suchen Sie neben der Adresse das Schloss oder ein Kamerazeichen, und erlauben Sie dort Kamera und Mikrofon.",
    allowIosApp:
      "Öffnen Sie die iPhone- oder iPad-Einstellungen, darin „Apps“ und diesen Browser, und schalten Sie Kamera und Mikrofon ein.",

    // what the system allows
    systemWindows:
      "In den Windows-Einstellungen unter „Datenschutz und Sicherheit“, „Kamera“ und „Mikrofon“: Zugriff für Desktop-Apps einschalten.",
    systemMac:
      "In den Systemeinstellungen unter „Datenschutz & Sicherheit“, „Kamera“ und „Mikrofon“: diesen Browser einschalten.",
    systemIos:
      "In den Einstellungen unter „Datenschutz & Sicherheit“, „Kamera“ und „Mikrofon“: diesen Browser einschalten.",
    systemAndroid:
      "In den Einstellungen des Telefons unter „Apps“, diesem Browser, „Berechtigungen“: Kamera und Mikrofon erlauben.",
    systemLinux:
      "In den Systemeinstellungen unter „Datenschutz“ nachsehen, ob Kamera und Mikrofon eingeschaltet sind.",
    systemOther:
      "In den Einstellungen des Geräts nachsehen, ob dieser Browser Kamera und Mikrofon benutzen darf.",

    // where a device is seen
    findWindows:
      "Sehen Sie im Geräte-Manager nach, ob die Kamera da ist, und in den Einstellungen unter „Sound“, ob das Mikrofon da ist.",
    findMac: "Sehen Sie in den Systemeinstellungen unter „Ton“, „Eingabe“ nach, ob das Mikrofon dort steht.",
    findLinux: "Sehen Sie in den Klang-Einstellungen nach, ob das Mikrofon dort steht.",
    findPhone: "Probieren Sie, ob Kamera und Mikrofon in der Kamera-App des Geräts gehen.",
    findOther: "Probieren Sie, ob Kamera und Mikrofon in einem anderen Programm gehen.",

    // who may hold it
    holdDesktop:
      "Schließen Sie andere Programme, die Kamera oder Mikrofon benutzen: Zoom, Teams, Skype, andere Browser-Tabs.",
    holdPhone: "Beenden Sie laufende Telefonate, und schließen Sie andere Apps mit Kamera oder Mikrofon.",

    // everywhere
    askAgain:
      "Die Frage des Browsers blieb ohne Antwort. Drücken Sie „Noch einmal versuchen“, und wählen Sie „Zulassen“.",
    switchKey:
      "Manche Laptops haben einen Schieber vor der Kamera oder eine Taste, die Kamera oder Mikrofon abschaltet.",
    plug: "Stecken Sie das Gerät ab und wieder an, am besten in einen anderen Anschluss.",
    https: "Die Adresse oben muss mit https beginnen.",
    openLink: "Öffnen Sie den Link noch einmal aus der Nachricht, in der Sie ihn bekommen haben.",
    reload: "Laden Sie diese Seite danach neu.",
    restart: "Hilft das nicht, starten Sie den Browser neu, und wenn nötig den Computer.",
    restartPhone: "Hilft das nicht, starten Sie das Gerät neu.",
    otherBrowser:
      "Bleibt es so, nehmen Sie einen anderen aktuellen Browser: Chrome, Edge, Firefox oder Safari.",
    retry: "Drücken Sie „Noch einmal versuchen“.",
  },
};
