import type { ReactNode } from "react";
import { useThumb } from "#renderer/bridge/attachment-content.ts";
import { say } from "#renderer/text/text.ts";
import { type MediaShow, type MediaType, mediaTypes } from "#shared/domain/attachment/media.ts";
import { bytesText } from "#shared/lib/bytes.ts";

const signs: Readonly<Record<MediaShow, string>> = {
  photo: "M3 5h18v14H3zM3 16l5-5 4 4 3-3 6 6M15.5 9.5h.01",
  sound: "M4 10v4h3l5 4V6L7 10zM16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11",
  film: "M3 6h18v12H3zM10 9.5v5l4.5-2.5z",
  page: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
};

export interface TileProps {
  readonly one: {
    readonly id: string;
    readonly sha256: string;
    readonly media: MediaType;
    readonly name: string;
    readonly bytes: number;
  };
  /** The content is on this desk: its picture can be drawn. */
  readonly here: boolean;
  readonly gone?: boolean;
  readonly open: () => void;
  /** What stands below name and size. */
  readonly children?: ReactNode;
}

/** One attachment: its picture or the sign of its kind, name, size; Enter opens it. */
export function AttachmentTile({ one, here, gone = false, open, children }: TileProps) {
  const thumb = useThumb(one, here);
  const { show, name } = mediaTypes[one.media];
  return (
    <li className={`attachment ${gone ? "is-gone" : ""}`}>
      <button type="button" className="as-text attachment-open" title={one.name} onClick={open}>
        <span className="attachment-picture" aria-hidden="true">
          {thumb ? (
            <img src={thumb} alt="" />
          ) : (
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d={signs[show]} />
            </svg>
          )}
        </span>
        <span className="attachment-words">
          <span className="attachment-name one-line">{one.name}</span>
          <span className="faint figures">
            {say(name)} {bytesText(one.bytes)}
          </span>
        </span>
      </button>
      {children && <div className="attachment-under">{children}</div>}
    </li>
  );
}
