import { addDays, dayMs, instantOf, minuteMs, monthOf } from "#shared/lib/time.ts";
import { slotOf } from "../layers.ts";
import { dayKindOf, groupOn, isNight, requiredOf } from "../patterns.ts";
import { type DutyRole, dutyRoles, type Slot, shiftsOn, slotKey } from "../roster.ts";
import type { Hindrance, PlanRequest, Tally } from "./request.ts";

export interface Place extends Slot {
  readonly key: string;
  /** Running number in the board: also its order in time. */
  readonly no: number;
  readonly day: number;
  readonly month: string;
  readonly startAt: number;
  readonly endAt: number;
  readonly night: boolean;
  readonly weekend: boolean;
  readonly holiday: boolean;
  /** Nobody moves it: pinned, or outside the days asked for. */
  readonly fixed: boolean;
  readonly inside: boolean;
}

/** Preference of a person for a place: 0 first choice; `-1` not eligible. */
export interface Candidate {
  readonly person: number;
  readonly rank: number;
}

const dayNumber = (on: string): number => Math.round(Date.parse(`${on}T00:00:00Z`) / dayMs);

/** Places, people and who stands where: everything that the search asks and changes. */
export class Board {
  readonly request: PlanRequest;
  readonly people: PlanRequest["people"];
  readonly places: Place[] = [];
  readonly holder: number[] = [];
  readonly held: Place[][];
  /** By place: those whose grade and pool fit, whatever else holds them back. */
  readonly fit: Candidate[][] = [];
  private readonly fitOf = new Map<DutyRole, Candidate[]>();
  private readonly index: ReadonlyMap<string, number>;
  private readonly leaves: { fromAt: number; toAt: number }[][];

  constructor(request: PlanRequest) {
    this.request = request;
    this.people = [...request.people].sort((a, b) => (a.id < b.id ? -1 : 1));
    this.index = new Map(this.people.map(({ id }, index) => [id, index]));
    this.held = this.people.map(() => []);
    this.leaves = this.people.map(({ id }) => request.leaves.filter(({ officerId }) => officerId === id));
    this.lay();
  }

  /** Lays out all places in order of time: those asked for, and the published ones of the days around. */
  private lay(): void {
    const { rules, fromOn, toOn, fixed, holidays } = this.request;
    const around = this.request.limits.maxDaysInRow + this.request.limits.maxNightsInRow + 2;
    const outside = new Map<string, Slot[]>();
    for (const key of Object.keys(fixed)) {
      const slot = slotOf(key);
      const inside = fromOn <= slot.on && slot.on <= toOn;
      if (!inside || slot.index >= requiredOf(rules, slot.shift, slot.role))
        outside.set(slot.on, [...(outside.get(slot.on) ?? []), slot]);
    }
    for (let on = addDays(fromOn, -around); on <= addDays(toOn, around); on = addDays(on, 1)) {
      const inside = fromOn <= on && on <= toOn;
      const kind = dayKindOf(holidays, on);
      for (const span of shiftsOn(rules, on)) {
        const shift = rules.shifts.find(({ code }) => code === span.shift);
        const slots: Slot[] = (outside.get(on) ?? []).filter((slot) => slot.shift === span.shift);
        for (const role of inside ? dutyRoles : []) {
          for (let index = 0; index < requiredOf(rules, span.shift, role); index++)
            slots.push({ on, shift: span.shift, role, index });
        }
        for (const slot of slots) {
          const key = slotKey(slot);
          const pinned = fixed[key];
          const place: Place = {
            ...slot,
            key,
            no: this.places.length,
            day: dayNumber(on),
            month: monthOf(on),
            startAt: span.startAt,
            endAt: span.endAt,
            night: shift !== undefined && isNight(shift),
            weekend: kind === "weekend",
            holiday: kind === "holiday",
            fixed: pinned !== undefined,
            inside,
          };
          this.places.push(place);
          this.holder.push(-1);
          this.fit.push(this.fitting(place));
          const person = pinned === undefined ? undefined : this.index.get(pinned);
          if (person !== undefined) this.put(place, person);
        }
      }
    }
  }

  private fitting({ role }: Place): Candidate[] {
    const known = this.fitOf.get(role);
    if (known) return known;
    const lines = this.request.roleRules.find((rule) => rule.role === role)?.who ?? [];
    const fit = this.people.flatMap(({ grade, pool }, person) => {
      const rank = lines.findIndex((line) => line.grades.includes(grade) && line.pools.includes(pool));
      return rank < 0 ? [] : [{ person, rank }];
    });
    this.fitOf.set(role, fit);
    return fit;
  }

  put(place: Place, person: number): void {
    this.holder[place.no] = person;
    this.held[person]?.push(place);
  }

  take(place: Place): number {
    const person = this.holder[place.no] ?? -1;
    const held = this.held[person];
    if (held) held.splice(held.indexOf(place), 1);
    this.holder[place.no] = -1;
    return person;
  }

  onLeave(person: number, { startAt, endAt }: Pick<Place, "startAt" | "endAt">): boolean {
    return this.leaves[person]?.some(({ fromAt, toAt }) => fromAt < endAt && startAt < toAt) ?? false;
  }

  /** RO-20: whatever holds a person back from a place. With `all` every hindrance, else the first found. */
  hindrancesOf(person: number, place: Place, all: boolean): Hindrance[] {
    const { limits, rules } = this.request;
    const found: Hindrance[] = [];
    const who = this.people[person];
    if (!who) return ["on_leave"];
    const stop = (hindrance: Hindrance): boolean => {
      found.push(hindrance);
      return !all;
    };
    if (this.onLeave(person, place) && stop("on_leave")) return found;
    if (rules.rotation && who.pool === "rotating" && who.group !== undefined) {
      if (groupOn(rules.rotation, place.on) !== who.group && stop("not_their_turn")) return found;
    }
    const restMs = limits.restMin * minuteMs;
    let nights = 0;
    let then = false;
    let tired = false;
    for (const other of this.held[person] ?? []) {
      if (other === place) continue;
      if (other.startAt < place.endAt && place.startAt < other.endAt) then = true;
      else if (other.startAt < place.endAt + restMs && place.startAt < other.endAt + restMs) tired = true;
      if (other.night && other.month === place.month) nights++;
    }
    if (then && stop("on_duty_then")) return found;
    if (tired && stop("resting")) return found;
    if (place.night) {
      if (this.runAround(person, place, true) > limits.maxNightsInRow && stop("nights_in_row")) return found;
      const most = who.maxNightsPerMonth ?? limits.maxNightsPerMonth;
      if (nights >= most && stop("max_nights")) return found;
    }
    if (this.runAround(person, place, false) > limits.maxDaysInRow) stop("days_in_row");
    return found;
  }

  free(person: number, place: Place): boolean {
    return this.hindrancesOf(person, place, false).length === 0;
  }

  /** Length of the run of days (or nights) that the place would lie in. */
  private runAround(person: number, place: Place, nightsOnly: boolean): number {
    const days = new Set<number>();
    for (const other of this.held[person] ?? [])
      if (other !== place && (!nightsOnly || other.night)) days.add(other.day);
    let run = 1;
    for (let day = place.day - 1; days.has(day); day--) run++;
    for (let day = place.day + 1; days.has(day); day++) run++;
    return run;
  }

  /**
   * Share of the days asked for (of one kind) in which a person is at hand, from 0.05 to 1. A short absence does not lower
   * what is expected of them; one that takes most of the holidays lowers what is expected of their holidays.
   */
  shareOf(person: number, kind: keyof Tally): number {
    const { fromOn, toOn, rules, holidays } = this.request;
    let days = 0;
    let away = 0;
    for (let on = fromOn; on <= toOn; on = addDays(on, 1)) {
      const dayKind = dayKindOf(holidays, on);
      if (kind === "weekends" ? dayKind !== "weekend" : kind === "holidays" && dayKind !== "holiday") continue;
      days++;
      const startAt = instantOf(on, 0, rules.offsetMin);
      const group = this.people[person]?.group;
      const turn = !rules.rotation || group === undefined || groupOn(rules.rotation, on) === group;
      if (!turn || this.onLeave(person, { startAt, endAt: startAt + dayMs })) away++;
    }
    const share = days === 0 ? 1 : (days - away) / days;
    return share >= 0.75 ? 1 : Math.max(share, 0.05);
  }

  tallyOf(person: number): { -readonly [K in keyof Tally]: number } {
    const tally = { shifts: 0, nights: 0, weekends: 0, holidays: 0 };
    for (const place of this.held[person] ?? []) {
      if (!place.inside) continue;
      tally.shifts++;
      if (place.night) tally.nights++;
      if (place.weekend) tally.weekends++;
      if (place.holiday) tally.holidays++;
    }
    return tally;
  }
}
