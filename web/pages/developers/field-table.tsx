/** Fields as a table: name, kind, what it means. */
import { For } from "solid-js";
import { t } from "../../i18n/developers.ts";
import type { FieldRow } from "./read-document.ts";

export function FieldTable(props: { label: string; rows: readonly FieldRow[] }) {
  return (
    <div class="dev-table">
      <table>
        <caption>{props.label}</caption>
        <thead>
          <tr>
            <th scope="col">{t("column.field")}</th>
            <th scope="col">{t("column.type")}</th>
            <th scope="col">{t("column.meaning")}</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.rows}>
            {(row) => (
              <tr>
                <th scope="row" data-depth={Math.min(row.depth, 3)}>
                  <code translate="no">{row.name}</code>
                </th>
                <td>{kindText(row)}</td>
                <td>{t(`meaning.${row.name}`)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}

function kindText({ kind, lists, isNullable, isOptional }: FieldRow): string {
  let text = typeof kind === "string" ? t(`type.${kind}`) : kind.words;
  for (let list = 0; list < lists; list++) text = t("type.listOf", text);
  if (isNullable) text = t("type.orNull", text);
  return isOptional ? t("type.optional", text) : text;
}
