/** The pictures of the therapist's tools in the room, on both sides: scale, breath and whiteboard. */
import type { Page } from "@playwright/test";

type Shoot = (page: Page, name: string) => Promise<void>;

async function opens(host: Page, tool: string): Promise<void> {
  await host.getByRole("button", { name: "Werkzeuge" }).click();
  await host.getByRole("menuitem", { name: tool }).click();
}

/** Both are in one room; nothing of it is left there. */
export async function tools(host: Page, client: Page, shoot: Shoot): Promise<void> {
  await host.getByRole("button", { name: "Werkzeuge" }).click();
  await shoot(host, "tools-menu");
  await host.keyboard.press("Escape");
  await scale(host, client, shoot);
  await breath(host, client, shoot);
  await board(host, client, shoot);
}

async function scale(host: Page, client: Page, shoot: Shoot): Promise<void> {
  await opens(host, "Skala 0 bis 10");
  await host.getByLabel("Frage").fill("Wie angespannt sind Sie jetzt gerade, hier auf Ihrem Stuhl?");
  await shoot(host, "tools-scale-asking");
  await host.getByRole("button", { name: "Skala zeigen" }).click();
  await client.getByTestId("tool-scale").waitFor();
  await client.getByRole("button", { name: "8 von 10" }).click();
  await shoot(client, "tools-scale-client");
  await host.getByTestId("answers").getByText("8").waitFor();
  await shoot(host, "tools-scale");
  await host.getByTestId("tool-scale").getByRole("button", { name: "Schließen" }).click();
}

async function breath(host: Page, client: Page, shoot: Shoot): Promise<void> {
  await opens(host, "Atmen");
  await shoot(host, "tools-breath-start");
  await host.getByRole("button", { name: "Beginnen" }).click();
  await client.getByTestId("breath-at").waitFor();
  await shoot(client, "tools-breath-client");
  await shoot(host, "tools-breath");
  await host.getByRole("button", { name: "Beenden" }).click();
}

async function board(host: Page, client: Page, shoot: Shoot): Promise<void> {
  await opens(host, "Zeichenfläche");
  const box = await host.getByTestId("board").boundingBox();
  if (!box) throw new Error("no sheet");
  await host.mouse.move(box.x + box.width * 0.2, box.y + box.height * 0.3);
  await host.mouse.down();
  await host.mouse.move(box.x + box.width * 0.7, box.y + box.height * 0.6, { steps: 12 });
  await host.mouse.up();
  await client.getByRole("img", { name: "Zeichenfläche, 1 Strich" }).waitFor();
  await shoot(client, "tools-board-client");
  await shoot(host, "tools-board");
  await host.getByTestId("tool-board").getByRole("button", { name: "Schließen" }).click();
}
