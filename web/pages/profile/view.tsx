/** How pages look: light or dark, and in which language. */
import { t } from "../../i18n/app.ts";
import { chooseLanguage, language } from "../../i18n/language.ts";
import { Card } from "../../ui/card.tsx";
import { Choice } from "../../ui/choice.tsx";
import { chooseTheme, theme } from "../../ui/theme.ts";

export function View() {
  const themes = () => [
    { value: "system" as const, label: t("profile.system") },
    { value: "light" as const, label: t("profile.light") },
    { value: "dark" as const, label: t("profile.dark") },
  ];
  const languages = [
    { value: "de" as const, label: "Deutsch", lang: "de" },
    { value: "en" as const, label: "English", lang: "en" },
  ];
  return (
    <Card title={t("profile.view")}>
      <Choice label={t("profile.theme")} options={themes()} value={theme()} onChange={chooseTheme} />
      <Choice
        label={t("profile.language")}
        options={languages}
        value={language()}
        onChange={chooseLanguage}
      />
    </Card>
  );
}
