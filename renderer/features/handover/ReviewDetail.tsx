import { type KeyboardEvent, type Ref, useState } from "react";
import { titleText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { ReviewItem } from "./draft.ts";

/** The item in hand, whole, and a note on it for those who come. Kept as it is typed; Enter goes on. */
export function ReviewDetail({
  item,
  note,
  field,
  onNote,
  onDone,
}: {
  item: ReviewItem;
  note: string;
  field: Ref<HTMLInputElement>;
  onNote: (words: string) => void;
  onDone: () => void;
}) {
  const t = useText();
  const [words, setWords] = useState(note);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      onDone();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      event.currentTarget.blur();
    }
  };
  return (
    <div className="review-detail">
      <p className="review-title">
        {item.event && <span className="handover-number">{item.event.number}</span>}
        {titleText(item.event?.title ?? item.line?.title ?? "")}
      </p>
      <label className="review-field">
        <span className="label">{t("handover.review.note")}</span>
        <input
          ref={field}
          className="input"
          value={words}
          maxLength={500}
          placeholder={t("handover.review.note.about")}
          onChange={(event) => {
            setWords(event.target.value);
            onNote(event.target.value);
          }}
          onKeyDown={onKeyDown}
        />
      </label>
    </div>
  );
}
