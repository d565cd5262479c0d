/** Which second factors an account can be asked for. */
import type { Factors } from "../../../db/factors.ts";
import type { Store } from "../../../db/store.ts";
import type { Method } from "../../../wire/factors.ts";
import type { PracticeId } from "../../../wire/ids.ts";

/** What an account can be asked for; nothing where no factor is on. */
export function methodsOf({ totp, passkeys, spares }: Factors): Method[] {
  const real: Method[] = [
    ...(passkeys.length > 0 ? ["passkey" as const] : []),
    ...(totp === null ? [] : ["totp" as const]),
  ];
  return real.length > 0 && spares > 0 ? [...real, "spare"] : real;
}

/** True where a password is not enough for this account. */
export async function hasFactor({ factors }: Pick<Store, "factors">, practice: PracticeId): Promise<boolean> {
  return methodsOf(await factors.of(practice)).length > 0;
}
