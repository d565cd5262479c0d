/** Webhooks of a token: where its program is told that a call began or ended. */
import { Elysia, t } from "elysia";
import type { NewWebhook, Webhook } from "../../../wire/api.ts";
import { base64url } from "../../../wire/bytes.ts";
import { newId, type WebhookId } from "../../../wire/ids.ts";
import { targetIn } from "../../hooks/target.ts";
import { ApiFailure } from "../failure.ts";
import { id } from "../shapes.ts";
import { type ApiBase, withScope } from "./bearer.ts";
import { newWebhook, nothing, url, webhookList } from "./shapes.ts";
import { nothingElse, told } from "./told.ts";

const SECRET_BYTES = 32;
const address = t.Object({ url });

/** `GET|POST /api/v1/webhooks`, `DELETE …/:webhook`. */
export function webhooks(base: ApiBase) {
  const { store, clock, config } = base;
  return new Elysia({ prefix: "/webhooks" })
    .use(withScope(base, "webhooks"))
    .get(
      "",
      async ({ holder }): Promise<{ webhooks: Webhook[] }> => ({
        webhooks: await store.webhooks.of(holder.id),
      }),
      { response: { 200: webhookList }, detail: told("listWebhooks", "webhooks") },
    )
    .post(
      "",
      async ({ holder, body, set }): Promise<NewWebhook> => {
        if (targetIn(body.url, config.webhookAllow) === null) throw new ApiFailure("webhook.target");
        const secret = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
        const webhook = newId<WebhookId>();
        const draft = { id: webhook, token: holder.id, url: body.url, secret, createdAt: clock.now() };
        if (!(await store.webhooks.add(draft))) throw new ApiFailure("webhook.too-many");
        set.status = 201;
        return { webhook, secret: base64url(secret) };
      },
      {
        body: address,
        transform: nothingElse(address),
        response: { 201: newWebhook },
        detail: told("createWebhook", "webhooks", ["request.invalid", "webhook.target", "webhook.too-many"]),
      },
    )
    .delete(
      "/:webhook",
      async ({ holder, params, set }) => {
        if (!(await store.webhooks.remove(holder.id, params.webhook as WebhookId)))
          throw new ApiFailure("webhook.unknown");
        set.status = 204;
      },
      {
        params: t.Object({ webhook: id }),
        response: { 204: nothing },
        detail: told("deleteWebhook", "webhooks", ["request.invalid", "webhook.unknown"]),
      },
    );
}
