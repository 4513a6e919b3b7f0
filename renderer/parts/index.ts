/** The parts that every screen is made of. */
export { AttachmentTray } from "./attachments/AttachmentTray.tsx";
export { EventAttachments } from "./attachments/EventAttachments.tsx";
export {
  Confidential,
  EmptyState,
  ErrorNote,
  Field,
  Fields,
  Key,
  LevelMark,
  Sample,
  StateTag,
  SyncMark,
} from "./basics.tsx";
export { Button } from "./button.tsx";
export { ClockBar } from "./clock-bar.tsx";

export { DateField } from "./date-field.tsx";
export { Dialog } from "./dialog.tsx";
export { FileButton, HiddenFileInput } from "./file-choice.tsx";
export { ChoiceRow, FormRow, TextRow, WordsRow } from "./form-row.tsx";
export { HotkeyLayer, useEarlyKeys, useHotkey, useKeySheet, useNotedKey } from "./hotkeys.tsx";
export { LinkBand, linkSpans, linkSumText } from "./link-band.tsx";
export { Marked } from "./marked.tsx";
export { Pane, SplitPane } from "./pane.tsx";
export { NoPaper, Paper } from "./paper.tsx";
export { PinField } from "./pin-field.tsx";
export { isReason, ReasonField } from "./reason-field.tsx";
export { LevelShape, WarningShape } from "./shapes.tsx";
export { SheetHead } from "./sheet-head.tsx";
export { SheetTable } from "./sheet-table.tsx";
export { ThroughMark } from "./through-mark.tsx";
export { deskTime, onSecond, setDeskTime, untilMinute, useMinute, useNow, useTime } from "./ticker.ts";
export { type AxisRow, TimeAxis } from "./time-axis.tsx";
export { useModal } from "./use-modal.ts";
export { useRested } from "./use-rested.ts";
export { useWithin } from "./use-within.ts";
export { VirtualList } from "./virtual-list.tsx";
export { VirtualRows, type VirtualRowsHandle } from "./virtual-rows.tsx";
