import { v7 } from "uuid";
import type { Officer } from "#shared/domain/officer/officer.ts";
import type { BodyOf, OpKind } from "#shared/op/kinds.ts";
import { drawer, seed } from "#test/seed.ts";

export const street = "500118004";
export const officer: Officer = {
  id: "officer-1",
  name: "王建国",
  grade: "leader",
  pool: "full_time",
  phone: "",
  post: "",
  active: true,
  publicKey: "",
};

const words =
  "接群众来电反映茶竹路大桥处暴雨积水约二十厘米双向车道不能通行现场有围观群众附近有变压器请尽快派人查看已电话告知网格员联系社区干部先行劝离设置警戒线雨势仍在加大河水漫过步道老人走失消防通道被占山坡冒烟疑似野外用火工地夜间施工扰民井盖缺失商家拒不兑现";

export type Planned = { [K in OpKind]: { readonly kind: K; readonly body: BodyOf<K> } }[OpKind];

/**
 * Ops as a street makes them: events of about 1.1 KB in Chinese, every fifth of them with three to six steps after it. `letter`:
 * the desk that makes them, which draws other words and names. `isUrgent`: which reports are 特急.
 */
export function* plannedOps(
  count: number,
  letter = "A",
  isUrgent: (n: number) => boolean = () => false,
): Generator<Planned> {
  const draw = drawer(letter === "A" ? seed : seed + letter.charCodeAt(0));
  const text = (length: number) =>
    Array.from({ length }, () => {
      const at = Math.floor(draw() * (words.length - 6));
      return words.slice(at, at + 2 + Math.floor(draw() * 4));
    })
      .join("")
      .slice(0, length);
  let made = 0;
  yield { kind: "officer.put", body: officer };
  for (let n = 1; made < count; n++) {
    const eventId = v7({
      random: Uint8Array.from({ length: 16 }, () => draw() * 256),
      msecs: 1_795_000_000_000 + n * 60_000,
    });
    const place = {
      text: `${text(6)}${n} 号`,
      point: { lng: 105.9 + draw() / 100, lat: 29.3 + draw() / 100 },
      community: "",
      grid: "",
    };
    const given = {
      number: `20261121-${letter}${n}`,
      source: "phone",
      title: text(14),
      text: text(240),
      level: isUrgent(n) ? "critical" : "normal",
      category: "",
    } as const;
    const rest = {
      confidential: false,
      callerName: text(3),
      callerPhone: `138${Math.floor(draw() * 1e8)}`,
      limitMin: 60,
      sample: false,
    };
    yield { kind: "event.report", body: { eventId, given: { ...given, place, ...rest } } };
    made++;
    if (draw() > 0.2) continue;
    const steps = [
      { action: "accept", given: {} },
      {
        action: "assess",
        given: { board: "safety", category: "water", level: "urgent", lead: { kind: "team", name: text(6) } },
      },
      { action: "assign", given: { note: text(20) } },
      { action: "acknowledge", given: {} },
      { action: "feedback", given: { text: text(60) } },
      { action: "verify", given: {} },
    ] as const;
    for (const step of steps.slice(0, 3 + Math.floor(draw() * 4))) {
      if (made++ >= count) break;
      yield { kind: "event.act", body: { eventId, ...step } as BodyOf<"event.act"> };
    }
  }
}
