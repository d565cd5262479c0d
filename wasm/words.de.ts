/** The 1024 German words of "Vier Wörter" and passphrases: plain German nouns without umlauts, so that any keyboard types them.
 * Their order is part of TP1: a word's place is its number. `words.test.ts` holds the rules of the list. */
import { wordList } from "./words.ts";

export const GERMAN_WORDS = wordList(`
  Abakus Abend Abfahrt Absatz Abteil Achat Achse Adler Agenda Ahorn Akazie Akkord Akzent Album Algebra
  Almwiese Alpaka Alphabet Alphorn Amboss Ameise Amethyst Amsel Ananas Andenken Anemone Anfang Anker Anorak
  Anreise Anrichte Antenne Antilope Anzug Apfel Applaus Aprikose April Aquarell Aquarium Archiv Arena Arkade
  Arktis Armband Armlehne Armreif Arnika Aroma Aster Atelier Atlas Atoll Aubergine Aufzug August Aula
  Ausblick Ausflug Aussicht Autobahn Automat Avocado Azalee Azur Bach Badminton Bagger Balkon Balsam Bambus
  Banane Banjo Barometer Basalt Basar Basilikum Batterie Bauernhof Bauklotz Baumhaus Baumwolle Bauplan
  Bausatz Baustein Baustelle Becher Beet Bergbach Bergsee Bernstein Biathlon Biber Biene Bild Billard Bingo
  Birke Bison Bistro Blech Bleistift Blende Blitz Bluse Boje Bordstein Borte Botanik Boutique Brandung
  Bratsche Brause Brezel Brise Brokkoli Brombeere Bronze Brosche Brotdose Brotkorb Brunnen Buche Buchfink
  Buchstabe Bullauge Bumerang Bummel Bungalow Burg Cabrio Camping Canyon Cashew Chor Collage Collie Comic
  Computer Curry Dachs Dackel Dahlie Dampfer Datum Daune Delfin Delta Depot Design Dezember Diagonale
  Diagramm Dialekt Diamant Dienstag Dinkel Distel Dohle Domino Dorf Draht Drehbuch Dreieck Dreirad Dreisatz
  Drucker Duett Dutzend Dynamo Ebene Ebenholz Echo Efeu Eiche Eidechse Eimer Eingang Einhorn Einkauf Einrad
  Eintopf Eisberg Eisblume Eisdiele Eislauf Eiszapfen Elch Elefant Elfe Ellipse Elster Emblem Endivie
  Endspurt Ente Enzian Epilog Erbse Erdbeere Erdkunde Erdnuss Erdteil Erika Espe Espresso Esstisch Etikett
  Eule Fabrik Fachwerk Faden Fagott Fahrplan Fahrrad Falafel Falke Fanfare Fantasie Farbe Farn Fasan Fassade
  Februar Federball Feier Feldweg Fels Fenchel Fenster Ferien Fernglas Fernrohr Festival Fichte Film
  Fingerhut Fisch Fjord Flachs Flamingo Flanell Flieder Flosse Flughafen Flugzeug Fluss Fohlen Fokus
  Folklore Forelle Formel Forum Foto Foxtrott Freibad Freitag Freizeit Fresko Frisbee Frische Frosch Frost
  Frucht Fuchs Funke Furt Gabelung Galaxie Galeone Galerie Galopp Garage Garderobe Garnele Gartentor
  Gasthaus Gazelle Gebirge Gecko Gedicht Geige Generator Geometrie Gepard Geranie Gerbera Gerste Gesang
  Geschenk Getreide Getriebe Geweih Gewinde Geysir Gezeiten Ginster Gipfel Giraffe Girlande Gischt Gitarre
  Gladiole Glanz Glasur Gleichung Gletscher Glitzer Globus Glocke Graffiti Grafik Grammatik Granit Grasland
  Grille Gurke Habicht Hafer Hain Halbinsel Halbmond Halbzeit Halma Halstuch Hamster Handball Handschuh
  Handtuch Handwerk Hangar Harke Haselnuss Haube Hausboot Haustier Hecht Hecke Hefter Heizung Helm Herberge
  Herbst Hermelin Hibiskus Himbeere Himmel Hirsch Hirse Hobby Hochebene Hochsitz Hockey Hofladen Holunder
  Holz Honig Horizont Hortensie Hose Hotel Hufeisen Hummer Hummus Husky Hutablage Ibis Idee Igel Iglu Indigo
  Ingwer Insel Jacke Jaguar Jahrmarkt Jahrzehnt Jasmin Jazz Jeans Joghurt Joker Juni Jupiter Jurte Kabeljau
  Kabine Kachel Kaffee Kajak Kakadu Kakao Kaktus Kalender Kamera Kamille Kamin Kanal Kaninchen Kante Kanu
  Karawane Kardamom Karotte Karpfen Kartoffel Karton Karussell Kaschmir Kaskade Kastanie Kastell Katalog
  Katamaran Kegel Keramik Kerbel Kerze Kiebitz Kilometer Kimono Kino Kiosk Kirsche Kissen Kiwi Klammer
  Klapprad Klassik Klavier Kleber Klee Klinke Knoblauch Knolle Knopf Knospe Koala Kochbuch Kochtopf Koffer
  Kohlrabi Kokon Kokosnuss Kolibri Kolumne Kombi Komet Komma Kommode Kompass Kompott Konfetti Kontinent
  Konzert Koralle Kordel Kork Kornblume Kornfeld Kosmos Krabbe Kran Kreide Kreisel Kresse Kreuzung Kricket
  Kringel Kristall Krokus Krone Krug Kuckuck Kulisse Kunst Kupfer Kuppel Kurkuma Kutsche Kutter Labrador
  Lagune Laken Lama Laminat Lampe Lampion Landhaus Landkarte Landzunge Langlauf Languste Lasagne Laser
  Laterne Lauch Lavendel Legende Leguan Lehm Lehrbuch Leinen Leinwand Leiter Lemur Lenker Lenkrad Leopard
  Leuchter Lexikon Libelle Lichtung Liguster Lilie Limette Limonade Limousine Lineal Linse Locher Logbuch
  Logik Lorbeer Lotus Luftpost Luke Lupine Magazin Magnet Magnolie Mailbox Mais Majoran Makrele Malve
  Mandarine Mandel Mandoline Mangold Maracuja Marathon Marder Margerite Marina Markise Markt Marmelade
  Marmor Maschine Matte Maulwurf Medaille Mehl Melisse Melodie Melone Memory Merkur Messing Meteor Metronom
  Mikado Mikroskop Mimose Minze Mirabelle Mittag Mittwoch Mixer Mobiliar Molch Mond Monitor Monokel Montag
  Moos Moped Morgenrot Mosaik Motorrad Murmel Muschel Museum Musical Musik Muskat Muster Narzisse Nashorn
  Natur Nektarine Nelke Neon Neptun Nest Neugier Neuland Nilpferd Nische Norden Nordpol Novelle November
  Nudel Oase Oboe Obstbaum Ohrring Okapi Oktave Oktober Oktopus Oleander Olive Omelett Omnibus Opal Operette
  Orange Orbit Orchester Orchidee Ordner Oregano Origami Osten Otter Ozean Paella Palast Palette Palme Panda
  Panorama Panther Pantoffel Papagei Papaya Pappel Paprika Parabel Parade Parasol Parkbank Parkett Parkhaus
  Partitur Pastinake Pauke Pavillon Pedal Pelikan Pendel Pergola Perle Petunie Pfanne Pfau Pfeffer Pfeiler
  Pferd Pfirsich Pflaume Pfosten Pfote Picknick Pigment Pinguin Pinnwand Pipette Pirat Pirol Pistazie Piste
  Pizza Plakat Plakette Planet Planke Platane Platin Pluto Pokal Polenta Polka Polster Poncho Pony Portal
  Porzellan Posaune Postfach Postkarte Primel Prisma Projekt Prolog Propeller Prospekt Proviant Pullover
  Puma Punkt Purpur Puzzle Pyjama Pyramide Quadrat Quark Quartett Quaste Quelle Quintett Quirl Quitte Quiz
  Radar Radio Radweg Ranunkel Raps Rasen Raspel Rastplatz Raureif Raute Ravioli Rechen Rechteck Regal
  Regatta Reibe Reiher Reisebus Rekord Relief Reling Rennrad Rentier Rettich Rhabarber Riesenrad Riff
  Rinnsal Risotto Robbe Robinie Roboter Roggen Roller Rollo Rollschuh Roman Rosette Rosine Rosmarin Rubin
  Rucksack Rucola Rugby Rumba Rundgang Rundweg Saal Safran Saison Salat Salbei Salon Salsa Samba Samstag
  Sandale Sandburg Saphir Sardine Satellit Sattel Saturn Savanne Saxophon Schablone Schale Schalotte
  Schalter Scharnier Schaukel Schemel Scherz Scheune Schiefer Schilf Schirm Schleife Schleuse Schlitten
  Schloss Schnabel Schnecke Schnee Schorle Schote Schrank Schublade Schuh Schuppen Schwalbe Schwan Schweif
  Seegras Seehund Seeigel Seekarte Seerose Seestern Seife Sellerie September Serviette Sesam Sessel Siesta
  Silber Silo Sinfonie Sirup Sitzbank Skizze Skulptur Slalom Smaragd Socke Sofa Sojabohne Sommer Sonate
  Sonnenuhr Sopran Sorbet Spaniel Spargel Spaten Specht Speiche Sperling Sperrholz Spiel Spinat Spirale
  Sprint Sprudel Spule Stadion Stadtplan Stadttor Staffelei Statue Stausee Steckdose Steg Stehlampe
  Steinbock Steinpilz Steppe Stern Steuerrad Stiefel Stieglitz Stift Stoppuhr Storch Strand Strauch Streifen
  Strohhut Strophe Strumpf Studio Sudoku Suppe Sushi Symbol Takelage Tamburin Tandem Tango Tanz Tapete Tapir
  Tastatur Tatze Taxi Teehaus Teekessel Teelicht Teich Telefon Teleskop Teller Tennis Tenor Terrasse Terrier
  Terrine Theater Thermos Thymian Tiefsee Tiger Tinte Titan Toaster Tofu Tomate Tombola Tonleiter Topas
  Torbogen Tortilla Traktor Trampolin Trapez Traube Treibholz Treppe Triangel Trichter Trikot Trolley
  Trommel Trompete Tropfen Truhe Tuba Tukan Tulpe Tundra Turbine Turm Turnhalle Turnier Turnschuh Tusche
  Ufer Ukulele Ulme Umschlag Umweg Universum Urlaub Urwald Vanille Veilchen Veranda Video Violett Vitamin
  Vitrine Vokabel Vorgarten Vorhang Vormittag Vorort Vorstadt Wachtel Waldhorn Waldrebe Walnuss Walross
  Walzer Wanderung Webstuhl Wecker Wegweiser Weide Weizen Welpe Weltall Werkstatt Werkzeug Westen Wettlauf
  Wiesel Windlicht Windrad Winter Wippe Wohnmobil Wolldecke Wombat Wurzel Yoga Zahnrad Zapfen Zaun Zebra
  Zeder Zeichen Zeiger Zeisig Zeitung Zelt Zenit Zentrum Zeppelin Zikade Zimbel Zimt Zinnie Zinnober Zirkel
  Zirkus Zitrone Zollstock Zoo Zucchini Zufall Zugvogel Zwieback Zwiebel Zwirn Zylinder Zypresse
`);
