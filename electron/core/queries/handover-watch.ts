import { emptyLine, type HandoverLine, stoodKey } from "#shared/domain/handover/record.ts";
import type { Asked } from "#shared/domain/presence/ladder.ts";
import { layeredGaps, type Piece } from "#shared/domain/roster/layers.ts";
import { roleNames, type ShiftSpan } from "#shared/domain/roster/roster.ts";
import { minuteMs, onTheWall } from "#shared/lib/time.ts";
import { layerNames } from "#shared/op/kinds/layer.ts";
import type { Desk } from "../desk.ts";
import { readEntity } from "../store/entities.ts";
import { rosterBetween } from "../store/layers.ts";
import { officersById, peopleIn } from "./people.ts";
import { presenceOf } from "./presence.ts";
import { standsOf } from "./roster.ts";

const line = (id: string, more: Partial<HandoverLine>): HandoverLine => ({ ...emptyLine(`watch/${id}`), ...more });

/** Who kept the watch: gaps of the roster, arrivals, vigilance checks and duty checks with who answered them. */
export function watchLines(desk: Desk, span: ShiftSpan, until: number): HandoverLine[] {
  const { arrivals, vigilance, dutyChecks } = presenceOf(desk.db, span);
  const missed = vigilance.filter((asked) => asked.raisedAt.length > 1 || asked.missedAt !== null);
  return [
    ...stoodLines(desk, span),
    ...gapsIn(desk, span, until),
    ...(arrivals.length > 0 ? [arrivalLine(desk, span, arrivals)] : []),
    ...(vigilance.length > 0
      ? [
          line("vigilance", {
            mark: "在岗核验",
            title: `${vigilance.length} 次，席位按时应答 ${vigilance.length - missed.length} 次`,
          }),
        ]
      : []),
    ...missed.map((asked) => askedLine(`vigilance/${asked.id}`, "席位漏答", asked)),
    ...dutyChecks.map((check) =>
      check.reached
        ? { ...askedLine(`duty_check/${check.id}`, "区中心查岗", check.reached.asked), at: check.askedAt }
        : line(`duty_check/${check.id}`, { mark: "区中心查岗", title: "没有送到本席位", at: check.askedAt }),
    ),
  ];
}

/** HO-20: of each place that changed hands during the shift, who stood there, one after the other. */
function stoodLines({ db, tables }: Desk, span: ShiftSpan): HandoverLine[] {
  const rules = tables.roster;
  const officers = officersById(db);
  const clock = (at: number) => onTheWall(at, rules.offsetMin).toISOString().slice(11, 16);
  const words = ({ fromAt, toAt, officerId, through }: Piece) => {
    const who = officerId === null ? "无人" : (officers.get(officerId)?.name ?? officerId);
    const why = through === "plan" ? "" : `（${layerNames[through].zh}）`;
    return `${who} ${clock(fromAt)}–${clock(toAt)}${why}`;
  };
  return [...standsOf(rosterBetween(db, rules, span.startAt, span.endAt), span)].flatMap(({ slot, pieces }) =>
    new Set(pieces.map(({ officerId }) => officerId)).size < 2
      ? []
      : [
          {
            ...emptyLine(`${stoodKey}${slot.role}/${slot.index}`),
            mark: "先后在岗",
            title: `${roleNames[slot.role].zh}：${told(pieces).map(words).join("、")}`,
          },
        ],
  );
}

/** Pieces that follow each other in the same hands, by the same way, are told as one, also where two entries laid them. */
function told(pieces: readonly Piece[]): Piece[] {
  const whole: Piece[] = [];
  for (const piece of pieces) {
    const last = whole.at(-1);
    const goesOn = last?.officerId === piece.officerId && last.through === piece.through;
    if (last && goesOn) whole[whole.length - 1] = { ...last, toAt: piece.toAt };
    else whole.push(piece);
  }
  return whole;
}

/** Minutes of the shift in which a required role was not filled. */
function gapsIn({ db, tables }: Desk, span: ShiftSpan, until: number): HandoverLine[] {
  const roster = rosterBetween(db, tables.roster, span.startAt, span.endAt);
  return layeredGaps(roster, span.startAt, Math.max(span.startAt, until))
    .filter((gap) => gap.shift === span.shift || gap.shift === "")
    .map((gap) =>
      line(`gap/${gap.role}/${gap.fromAt}`, {
        mark: "空档",
        title: `${roleNames[gap.role].zh}缺 ${gap.missing} 人`,
        at: gap.fromAt,
      }),
    );
}

/** Who came, in order, and who stands in the roster and did not. */
function arrivalLine(
  desk: Desk,
  span: ShiftSpan,
  arrivals: readonly { officerId: string; name: string }[],
): HandoverLine {
  const came = new Set(arrivals.map(({ officerId }) => officerId));
  const people = peopleIn(desk, span, span.endAt - 1);
  const { arrival } = readEntity(desk.db, "rules", "presence") ?? desk.tables.presence;
  const absent = people.filter(({ role, officerId }) => arrival.roles.includes(role) && !came.has(officerId));
  const names = (list: readonly { name: string }[]) => [...new Set(list.map(({ name }) => name))].join("、");
  return line("arrivals", {
    mark: "到岗",
    title: names(arrivals),
    detail: absent.length > 0 ? `没有签到：${names(absent)}` : "",
  });
}

function askedLine(id: string, mark: string, { raisedAt, answer }: Asked): HandoverLine {
  const after = answer ? Math.max(1, Math.round(answer.afterMs / minuteMs)) : 0;
  return line(id, {
    mark,
    title: answer ? `${answer.name || "席位"} ${after} 分钟内应答` : "无人应答",
    detail: raisedAt.length > 1 ? `问到第 ${raisedAt.length} 级` : "",
    at: raisedAt[0] ?? null,
  });
}
