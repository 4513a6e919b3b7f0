import type { Bilingual, Language } from "#shared/lib/text.ts";
import { hourMs, minuteMs } from "#shared/lib/time.ts";

/** Without a request of the person for so long it ends, and after so long in any case. */
const idleMs = 30 * minuteMs;
const longestMs = 12 * hourMs;
const most = 40;

/** What is said once, on the next page: what was done, or what is wrong with which form and what was typed there. */
export interface Notice {
  readonly tone: "done" | "wrong";
  readonly text: Bilingual;
  readonly form?: string;
  readonly typed?: Readonly<Record<string, string>>;
}

export interface Session {
  readonly id: string;
  readonly name: string;
  /** Goes with every form: what does not show it was not sent by our page. */
  readonly formKey: string;
  lang: Language;
  notice: Notice | null;
}

export interface Sessions {
  begin(name: string, lang: Language): Session;
  /** `asked` by a person, not by the page's own refreshing. */
  of(id: string, asked: boolean): Session | undefined;
  end(id: string): void;
}

/** Who is signed in at the operator's page; in memory, so that a restart ends every session. */
export function openSessions(monotonic: () => number, randomId: () => string): Sessions {
  const open = new Map<string, { readonly session: Session; readonly from: number; last: number }>();
  return {
    begin(name, lang) {
      const [oldest] = open.keys();
      if (open.size >= most && oldest) open.delete(oldest);
      const session: Session = { id: randomId() + randomId(), name, formKey: randomId(), lang, notice: null };
      open.set(session.id, { session, from: monotonic(), last: monotonic() });
      return session;
    },
    of(id, asked) {
      const entry = open.get(id);
      if (!entry) return undefined;
      const now = monotonic();
      if (now - entry.last > idleMs || now - entry.from > longestMs) {
        open.delete(id);
        return undefined;
      }
      if (asked) entry.last = now;
      return entry.session;
    },
    end: (id) => void open.delete(id),
  };
}
