import type { CallName } from "#shared/contract.ts";
import { ok } from "#shared/lib/result.ts";
import { addOnline, addPackage, listBasemaps, readBasemapTile, removeBasemap } from "./basemaps/basemaps.ts";
import { putOneAsset, removeOneAsset } from "./commands/assets.ts";
import {
  addAttachments,
  fetchAttachment,
  listStaged,
  stageAttachment,
  unstageAttachment,
  withdrawAttachment,
} from "./commands/attachments.ts";
import { actOnCarry } from "./commands/carry-over.ts";
import { dropDraft, loadDraft, saveDraft, unsavedDrafts } from "./commands/drafts.ts";
import { transitionAll, transitionEvent } from "./commands/events.ts";
import { actOnFault, reportFault } from "./commands/faults.ts";
import { actOnHandover, signHandover } from "./commands/handover.ts";
import { actOnHazard, reportHazard } from "./commands/hazards.ts";
import {
  chooseImport,
  importState,
  leaveImport,
  listImports,
  openImport,
  takeImport,
  undoImport,
} from "./commands/imports.ts";
import { reportEvent, takeIntake } from "./commands/intake.ts";
import { askCover, askLeave, askSwap, stepLayer } from "./commands/layers.ts";
import { adoptClock, enrol, settle, syncNow } from "./commands/link.ts";
import { writeEntry } from "./commands/log.ts";
import { mergeEvents } from "./commands/merge-events.ts";
import { removeOverlay, saveOverlay } from "./commands/overlays.ts";
import { listWishes, readHolidays, setRules, setWishes, takeHolidays } from "./commands/planning.ts";
import { acknowledge, answerCheck, arrive, leave } from "./commands/presence.ts";
import { changeKey, checkLog, eraseEntry, exportLog } from "./commands/proof.ts";
import { assignSlot, editSlots, publishMonth } from "./commands/roster.ts";
import {
  addOfficer,
  listForSignIn,
  listOfficers,
  lock,
  resetPin,
  setPin,
  signIn,
  signOut,
  touchDesk,
  unlock,
} from "./commands/session.ts";
import { readRosterSheet, takeRosterSheet } from "./commands/sheets.ts";
import { openEvent, tickSop } from "./commands/sop.ts";
import { editOfficer, readStaffSheet, takeStaffSheet } from "./commands/staff.ts";
import { publishTable } from "./commands/tables.ts";
import { actOnTask } from "./commands/tasks.ts";
import { createWork } from "./commands/work.ts";
import type { DeskCalls } from "./desk.ts";
import { exportEvents } from "./exports/events.ts";
import { beginExport } from "./exports/exports.ts";
import { exportLeft } from "./exports/left-rows.ts";
import { exportState, leaveExport } from "./exports/run.ts";
import { beginFile, dropFile, readPiece, takePiece } from "./files/incoming.ts";
import { bringPicture, readPicture } from "./files/pictures.ts";
import { listAlarms } from "./queries/alarms.ts";
import { getAsset, listShapes } from "./queries/assets.ts";
import { attachmentState, listAttachments, readAttachment } from "./queries/attachments.ts";
import { listCarries } from "./queries/carry-over.ts";
import { getConflict } from "./queries/conflict.ts";
import { cover } from "./queries/cover.ts";
import { listEvents, placeOfEvent } from "./queries/event-list.ts";
import { tallyEvents } from "./queries/event-tally.ts";
import { eventTimeline } from "./queries/event-timeline.ts";
import { eventsOnMap, getEvent, proposeCategory } from "./queries/events.ts";
import { listFaults } from "./queries/faults.ts";
import { find } from "./queries/find.ts";
import { reportGaps } from "./queries/gaps.ts";
import { draftHandover, getHandover, listHandovers } from "./queries/handover.ts";
import { listHazards } from "./queries/hazards.ts";
import { findPlaces, think } from "./queries/intake.ts";
import { history, listLayers, waitingLayers, weighLayer } from "./queries/layers.ts";
import { linkHistory, linkStatus, listOutbox } from "./queries/link.ts";
import { eventsOnPaper, tasksOnPaper } from "./queries/list-sheets.ts";
import { listLog } from "./queries/log.ts";
import { lookOf, setLook } from "./queries/look.ts";
import { mapBase } from "./queries/map.ts";
import { near } from "./queries/near.ts";
import { deskNow } from "./queries/now.ts";
import { listOverlays } from "./queries/overlays.ts";
import { viewOf } from "./queries/people.ts";
import { generateMonth } from "./queries/plan.ts";
import { proofOfLog } from "./queries/proof.ts";
import { coverage, onDuty, rosterMonth } from "./queries/roster.ts";
import {
  checkTable,
  getEdition,
  getTable,
  listTables,
  readTableSheet,
  rebaseEdits,
  tableSheet,
} from "./queries/tables.ts";
import { fairness } from "./queries/tally.ts";
import { listParties, listTasks } from "./queries/tasks.ts";
import { assetRows, assetTiles, viewport } from "./queries/viewport.ts";
import { wallGround, wallNow } from "./queries/wall.ts";
import { warningsAt } from "./queries/warnings.ts";
import { presenceNow } from "./queries/watch.ts";
import { planWork } from "./queries/work.ts";
import { takeSnapshot } from "./store/snapshot.ts";

/** Calls that the host answers, because they must work before there is a desk. */
export type HostCall = Extract<CallName, `setup.${string}` | "system.status" | "system.restore" | "system.tables">;

/** Files of Word and Excel are seldom asked for, and made with half of all code: a start does not read it. */
const rosterFiles = () => import("./queries/roster-files.ts");

/** Which function answers which name: the second hop from click to wire. */
export const deskCalls: Omit<DeskCalls, HostCall> = {
  "system.snapshot": (desk) => {
    const { file, bytes } = takeSnapshot(desk.db, desk.ports.profileDir, desk.ports.now());
    return ok({ file, bytes });
  },
  "session.officers": listForSignIn,
  "session.current": ({ session }) =>
    ok({ officer: session.officer && viewOf(session.officer), lockedAt: session.lockedAt }),
  "session.touch": touchDesk,
  "session.lock": lock,
  "session.unlock": unlock,
  "session.signIn": signIn,
  "session.signOut": signOut,
  "desk.now": deskNow,
  "wall.now": wallNow,
  "wall.ground": wallGround,
  find,
  "event.report": reportEvent,
  "event.list": listEvents,
  "event.place": placeOfEvent,
  "event.tally": tallyEvents,
  "event.look": lookOf,
  "event.setLook": setLook,
  "event.get": getEvent,
  "event.transition": transitionEvent,
  "event.transitionAll": transitionAll,
  "event.merge": mergeEvents,
  "event.timeline": eventTimeline,
  "event.propose": proposeCategory,
  "event.open": openEvent,
  "event.sop": tickSop,
  "intake.think": think,
  "intake.places": findPlaces,
  "intake.take": takeIntake,
  "task.list": listTasks,
  "task.parties": listParties,
  "task.act": actOnTask,
  "attachment.stage": stageAttachment,
  "attachment.staged": listStaged,
  "attachment.unstage": unstageAttachment,
  "attachment.add": addAttachments,
  "attachment.withdraw": withdrawAttachment,
  "attachment.list": listAttachments,
  "attachment.read": readAttachment,
  "attachment.fetch": fetchAttachment,
  "attachment.state": attachmentState,
  "draft.save": saveDraft,
  "draft.load": loadDraft,
  "draft.drop": dropDraft,
  "draft.unsaved": unsavedDrafts,
  "log.write": writeEntry,
  "log.list": listLog,
  "log.proof": proofOfLog,
  "log.check": checkLog,
  "log.export": exportLog,
  "log.erase": eraseEntry,
  "log.changeKey": changeKey,
  "officer.list": listOfficers,
  "officer.add": addOfficer,
  "officer.edit": editOfficer,
  "officer.setPin": setPin,
  "officer.resetPin": resetPin,
  "roster.onDuty": onDuty,
  "roster.coverage": coverage,
  "roster.month": rosterMonth,
  "roster.assign": assignSlot,
  "roster.generate": generateMonth,
  "roster.publish": publishMonth,
  "roster.edit": editSlots,
  "roster.layers": listLayers,
  "roster.waiting": waitingLayers,
  "roster.weigh": weighLayer,
  "roster.swap": askSwap,
  "roster.leave": askLeave,
  "roster.cover": askCover,
  "roster.step": stepLayer,
  "roster.history": history,
  "roster.fairness": fairness,
  "roster.gaps": reportGaps,
  "roster.gapsFile": async (desk, input) => (await rosterFiles()).gapsFile(desk, input),
  "roster.excel": async (desk, input) => (await rosterFiles()).monthSheet(desk, input),
  "roster.calendar": async (desk, input) => (await rosterFiles()).monthCalendar(desk, input),
  "roster.wishes": listWishes,
  "roster.wish": setWishes,
  "roster.rules": setRules,
  "holiday.read": readHolidays,
  "holiday.take": takeHolidays,
  "sheet.readRoster": readRosterSheet,
  "sheet.takeRoster": takeRosterSheet,
  "sheet.readStaff": readStaffSheet,
  "sheet.takeStaff": takeStaffSheet,
  "table.list": listTables,
  "table.get": getTable,
  "table.edition": getEdition,
  "table.rebase": rebaseEdits,
  "table.check": checkTable,
  "table.publish": publishTable,
  "table.readSheet": readTableSheet,
  "table.sheet": tableSheet,
  "handover.draft": draftHandover,
  "handover.sign": signHandover,
  "handover.act": actOnHandover,
  "handover.list": listHandovers,
  "handover.get": getHandover,
  "handover.word": async (desk, input) => (await import("./queries/handover-word.ts")).wordSheet(desk, input),
  "carry.list": listCarries,
  "carry.act": actOnCarry,
  "asset.viewport": viewport,
  "asset.tiles": assetTiles,
  "asset.rows": assetRows,
  "asset.get": getAsset,
  "asset.put": putOneAsset,
  "asset.remove": removeOneAsset,
  "asset.shapes": listShapes,
  "fault.report": reportFault,
  "fault.act": actOnFault,
  "fault.list": listFaults,
  "hazard.report": reportHazard,
  "hazard.act": actOnHazard,
  "hazard.list": listHazards,
  "map.base": mapBase,
  "map.cover": cover,
  "map.near": near,
  "overlay.list": listOverlays,
  "overlay.save": saveOverlay,
  "overlay.bring": bringPicture,
  "overlay.picture": readPicture,
  "overlay.remove": removeOverlay,
  "work.plan": planWork,
  "work.create": createWork,
  "map.events": eventsOnMap,
  "warning.list": (desk) => ok({ warnings: warningsAt(desk.db, desk.ports.now()) }),
  "link.status": (desk) => ok(linkStatus(desk)),
  "link.syncNow": syncNow,
  "link.outbox": listOutbox,
  "link.enrol": enrol,
  "clock.adopt": adoptClock,
  "link.settle": settle,
  "link.conflict": getConflict,
  "link.history": linkHistory,
  "presence.now": presenceNow,
  "presence.arrive": arrive,
  "presence.leave": leave,
  "presence.answer": answerCheck,
  "alarm.list": listAlarms,
  "alarm.acknowledge": acknowledge,
  "file.begin": beginFile,
  "file.piece": takePiece,
  "file.drop": dropFile,
  "file.read": readPiece,
  "import.open": openImport,
  "import.state": importState,
  "import.choose": chooseImport,
  "import.take": takeImport,
  "import.leave": leaveImport,
  "import.list": listImports,
  "import.undo": undoImport,
  "export.begin": beginExport,
  "export.left": exportLeft,
  "export.events": exportEvents,
  "paper.events": eventsOnPaper,
  "paper.tasks": tasksOnPaper,
  "export.state": exportState,
  "export.leave": leaveExport,
  "basemap.list": listBasemaps,
  "basemap.add": addPackage,
  "basemap.addOnline": addOnline,
  "basemap.remove": removeBasemap,
  "basemap.tile": readBasemapTile,
};
