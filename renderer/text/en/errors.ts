/** Every error id of `shared/errors.ts` and every reason of the link: what happened, why, what to do now. */
export default {
  "error.input.invalid": "What was entered does not fit. Check the marked field and try again.",
  "error.contract.unknown":
    "This window and the desk's program are of different versions; nothing was done. Restart the program; if that does not help, call the administrator.",
  "error.contract.too_often":
    "Too many actions at once; the desk will take more shortly. Wait a few seconds and try again.",
  "error.door.token":
    "This page has no pass to the desk. Open it again with the full address given when the program started.",
  "error.door.origin": "The request came from another page and was refused. Work only in the desk's own window.",
  "error.session.required":
    "Nobody is signed in, or the session has ended. Sign in, then go on; what you typed has been kept.",
  "error.session.locked":
    "The screen is locked and nothing was done. Unlock it with the PIN; what was typed is still there.",
  "error.session.wrong_pin": "Wrong PIN. Enter it again; each further mistake makes the wait longer.",
  "error.session.wait": "Too many wrong PINs. Wait {seconds} seconds, then try again.",
  "error.session.unknown_officer":
    "This person is not on the list, or no longer active. Choose from the list or ask the administrator.",
  "error.session.not_allowed":
    "You may not take this step. Ask the shift leader, the leader on duty or the administrator.",
  "error.setup.done": "This desk is already set up and cannot be set up again. Open the window anew and sign in.",
  "error.setup.needed":
    "This desk is not set up yet, so there is nothing to work on. Choose the sample or set it up on the first screen.",
  "error.setup.unknown_street": "There is no such street. Choose again from the list.",
  "error.profile.broken":
    "The desk's database cannot be opened; a power cut or the disk may have damaged it. The file is kept; restore the latest backup.",
  "error.profile.newer":
    "The database was written by a newer version of this program. Upgrade the program; the data is untouched.",
  "error.profile.in_use": "Another program is using this desk's data. Close the other window first.",
  "error.profile.disk_full": "The disk is full; this step was not saved. Free some space and try again.",
  "error.profile.not_writable":
    "The data folder cannot be written to; nothing was saved. Ask the administrator to check its permissions.",
  "error.event.unknown": "There is no such event. Refresh the list or search by number.",
  "error.event.changed":
    "Another desk has changed {fields} meanwhile; nothing was overwritten. Compare both on the link page and choose.",
  "error.event.sealed":
    "This event is confidential and your grade may not open it. Ask the shift leader, the leader on duty, or who reported it.",
  "error.event.sop_item": "This item is not on the SOP card of the event; nothing was ticked. Refresh and try again.",
  "error.event.exists": "This record already exists; it was not written twice.",
  "error.event.not_from_here":
    "The event is now “{state}”, so “{action}” is not possible. Someone may just have acted; read the timeline first.",
  "error.event.role": "“{action}” needs a higher grade. Ask the shift leader or the leader on duty.",
  "error.event.missing": "“{action}” still lacks something. Fill in the marked field.",
  "error.event.lead_required": "There is no lead yet, so it cannot be assigned. Choose the lead first.",
  "error.clock.not_nothing_asked":
    "A pause or an extension of this event waits for approval. Approve or refuse it, then ask anew.",
  "error.clock.not_asked": "Nothing waits for approval; it may just have been decided elsewhere. See the timeline.",
  "error.clock.not_running": "This event is paused already. To pause it longer, resume it and pause it again.",
  "error.clock.not_paused": "This event is not paused: its clocks run.",
  "error.clock.not_limit": "This event has no limit that could be extended. Set one when assessing.",
  "error.event.stale": "The event was just changed elsewhere. Look at the new state, then act.",
  "error.attachment.unknown": "There is no such attachment. Look at the event again.",
  "error.attachment.void": "The event is void; nothing can be attached to it any more.",
  "error.attachment.twice": "This file is attached already: {name}. Nothing more to do.",
  "error.attachment.too_many":
    "An event has at most {most} attachments. Take back what is not needed, or make one PDF of several.",
  "error.attachment.too_large":
    "“{name}” has {size}, more than the {most} that one attachment may have. Make it smaller or shorter first.",
  "error.attachment.empty": "“{name}” is empty. Choose another file.",
  "error.attachment.media":
    "“{name}” is no photo, recording, film or PDF and cannot be attached. JPEG, PNG, WebP, HEIC, MP3, M4A, WAV, OGG, WebM, MP4 and PDF can.",
  "error.attachment.pixels": "The picture “{name}” is too large to be drawn safely. Make it smaller first.",
  "error.attachment.withdrawn": "This attachment was taken back already.",
  "error.attachment.not_yours": "Somebody else attached this. They, a shift leader or a leader may take it back.",
  "error.attachment.masked":
    "Attachments of a confidential event are not shown here. Open the event as the rules ask, then look.",
  "error.attachment.desk_full":
    "The room for attachments is used up: {used} of {most}, {free} left on the disk. Ask the administrator to make room; words are saved as ever.",
  "error.attachment.not_here":
    "The content is not on this desk yet and is being fetched from the district. It shows by itself; without a link it goes on afterwards.",
  "error.attachment.broken":
    "The content is damaged and is not used. The desk asks the district for it again; if the district has none, ask its owner for another copy.",
  "error.attachment.held": "The district has this content already; it need not be sent.",
  "error.attachment.not_named":
    "The district has not yet received the record that names this attachment; it is sent again by itself.",
  "error.attachment.not_as_named":
    "What reached the district is not what the record names, so it was not taken. This desk checks its file and sends again.",
  "error.attachment.street_full":
    "The district's room for attachments of this street is used up ({most}). Ask the district; the file stays here and goes up once there is room.",
  "error.attachment.day_full":
    "This street has sent its attachments for today ({most}). The file stays here and goes on tomorrow.",
  "error.attachment.expired": "The upload rested too long and the district let its part go; it begins anew.",
  "error.task.unknown":
    "There is no such task for “{action}”; it may just have been replaced. Look at the record, then decide.",
  "error.task.already": "{party} still has an open task. Work on its line.",
  "error.task.lead_stays":
    "The lead's task cannot be withdrawn, or nobody would lead. Replace the lead or return the event.",
  "error.event.too_many":
    "This event holds as many records as it may; nothing was added. Close it and go on with a new one.",
  "error.event.nothing_urged": "No urging waits for an answer. Look at the record of urging, or urge first.",
  "error.event.confidential_already": "This event is confidential already.",
  "error.event.border_marked":
    "This event is already marked as crossing the boundary with {side}. To name another side, a shift leader takes the mark off first.",
  "error.event.border_unmarked":
    "This event is not marked as crossing a boundary. Press K first and name the other side.",
  "error.event.border_agreement":
    "A matter of the boundary (with {side}) has no agreement yet and cannot be closed. Press K first: who does the work once, who keeps it up.",
  "error.event.border_void":
    "A matter of the boundary (with {side}) cannot be voided. Record the agreement with K and close it; if it was marked wrongly, a shift leader takes the mark off.",
  "error.event.border_sent_away":
    "A matter of the boundary (with {side}) cannot be sent away as not ours. Act first, agree with the other side and record it with K; if that fails, whistle.",
  "error.event.merge_order":
    "An event is merged into an earlier one only; {into} is later. Merge that one into this instead.",
  "error.event.merge_lead": "The lead {number} is closed, void or merged itself. Choose another lead.",
  "error.event.leads_others":
    "{count} events are merged into this one, so it can be neither voided nor merged away. Undo those merges first.",
  "error.event.not_linked":
    "There is no such link between the two; it may just have been taken off. Look at the links.",
  "error.event.not_dispatched":
    "The district did not send this event down, so “{action}” is not possible. Return, void or whistle for events of the street.",
  "error.event.return_waits":
    "A return is asked for already and the district has not answered. Until it does the street answers for the event: go on, or call the district.",
  "error.event.nothing_returned":
    "The street has no return that waits for an answer; it may just have been answered. Look at the event as it stands.",
  "error.event.dispatch_void":
    "The street cannot void what the district has sent down. Press T to ask for its return, with a reason.",
  "error.event.relapse_order":
    "A relapse names an event that was reported before; {other} came later. Link from that one to this.",
  "error.event.link_self": "An event cannot be linked to itself. Choose another.",
  "error.whistle.none": "No whistle of this event waits for “{action}”. Look at the whistles first.",
  "error.whistle.not_from_here":
    "The whistle is now “{whistle}”, so “{action}” is not possible. Look at it first; a dispute waits for the district.",
  "error.roster.unknown_officer": "This person is not among the officers. Choose from the list.",
  "error.roster.unknown_slot": "The roster has no such shift or role. Open the roster again.",
  "error.roster.changed": "Someone just changed this slot; it was not overwritten. Look at it, then change it.",
  "error.roster.twice": "One person cannot hold two roles in one shift. Choose someone else.",
  "error.roster.past": "That day has passed or begun; nothing was changed. Choose a later one.",
  "error.roster.decided": "This request has been decided and stays so. For a change, make a new one.",
  "error.roster.not_yours":
    "This step is not yours: the other person agrees, and a shift leader or leader who has no part in it approves.",
  "error.roster.not_agreed": "The other person has not agreed yet, so it cannot be approved. Ask them first.",
  "error.roster.wrong_grade":
    "The grade does not allow this post; the request has no effect. Ask somebody who may hold it.",
  "error.roster.leader_approves":
    "A request for the leader's post is approved by a leader or an administrator. Hand it to the leader on duty.",
  "error.roster.unknown_layer": "The request was not found; it may have been sent back. Open the roster again.",
  "error.roster.not_holder":
    "The place is not yours, or nobody stands there. Ask from a place of your own, or let the shift leader do it.",
  "error.roster.busy_then": "{name} stands elsewhere at that time. Choose another person or another time.",
  "error.roster.moved_on":
    "Since it was asked for, these places changed hands: this swap can have no effect. Refuse it with a reason; ask anew if needed.",
  "error.roster.gaps_open":
    "{count} required posts are still empty; nothing was published. Fill them, or give a reason and sign with your PIN.",
  "error.roster.pattern_fault":
    "No shift covers {from} to {to}, or a code is used twice; nothing was saved. Set the shifts so that they cover the whole day.",
  "error.roster.no_notice":
    "No holiday and no make-up workday could be read; nothing was changed. Paste the notice, or write one date in each line.",
  "error.sheet.broken":
    "This file does not open: it is damaged or no spreadsheet. Nothing changed. Open it in Excel or WPS, save it as .xlsx and try again.",
  "error.sheet.protected":
    "This file has a password. Nothing changed. Remove the password in Excel or WPS, save and try again.",
  "error.sheet.old_format":
    "This file has the old format (.xls or .et). Nothing changed. Save it as .xlsx in Excel or WPS and try again.",
  "error.sheet.too_large":
    "The file is too large (over {most} MB unpacked). Nothing changed. Remove pictures and spare sheets, keep only the month to import.",
  "error.sheet.too_many_cells":
    "The sheet has {cells} cells, merged ones and empty ones with a border or a colour among them, at most {most}. Nothing changed. Copy the rows to import into a new sheet, save it and try again.",
  "error.sheet.too_many_rows":
    "The sheet has {rows} rows, at most {most} at once. Nothing changed. Keep only the month or people to import.",
  "error.sheet.no_roster":
    "No roster was found in this file: no column or row of dates. Nothing changed. Check that it is the right file.",
  "error.sheet.no_staff":
    "No staff list was found in this file: no column of names. Nothing changed. Check that it is the right file.",
  "error.sheet.questions_open": "{count} questions are open. Nothing changed. Answer them on the right, then publish.",
  "error.handover.nobody": "The roster has nobody in this shift, so it cannot be handed over. Fill the roster first.",
  "error.handover.unknown": "This desk has no such handover record. Look for it in the list again.",
  "error.handover.not_outgoing": "The signer is not of the outgoing shift. Someone of this shift must sign.",
  "error.handover.not_incoming": "The signer is not of the incoming shift. Someone of the next shift must sign.",
  "error.handover.same_person": "The same person cannot hand over and take over. Someone else must take over.",
  "error.handover.order":
    "Wrong order: the outgoing side signs first, then the incoming, once each. See whose turn it is.",
  "error.handover.sealed": "Both sides have signed; the record cannot change. Add what is missing to the duty log.",
  "error.handover.broken_signature":
    "The signature does not match the record and was not used. Stop here and tell the administrator at once.",
  "error.presence.not_yours": "Signing in and leaving is done in person. Enter your own PIN.",
  "error.presence.leave_reason": "The relief has not signed yet: leaving now needs a reason.",
  "error.presence.not_here": "This person is not signed in for the shift, or has left. Sign in first.",
  "error.presence.too_early": "It is too early for the coming shift: signing in opens at {at}.",
  "error.presence.unknown_check": "There is no such check. See the alarm line for what is asked now.",
  "error.presence.answered": "{name} has just answered it: nothing is left to do.",
  "error.presence.nothing_open": "This alarm is over: nothing is left to acknowledge.",
  "error.handover.not_from_here": "As the handover stands, “{action}” is not possible. Look at its state first.",
  "error.handover.unseen": "{count} items were not looked at, or changed since. Go through them, then sign.",
  "error.handover.checklist": "{count} checks are unanswered: tick what is in order, describe what is not. Then sign.",
  "error.handover.carry_person": "Carry-over item {no} names nobody of the next shift. Name a person, then sign.",
  "error.handover.carry_lost":
    "{count} unfinished carry-over items are not listed. Finish them or give them to someone of the next shift.",
  "error.handover.early": "This is {minutes} minutes before the handover is due. Say why it is early.",
  "error.handover.late": "This is {minutes} minutes after the handover was due. Say why it is late.",
  "error.handover.partial": "A required person is absent, so the leader on duty signs instead, with their own PIN.",
  "error.carry.unknown": "This desk has no such carry-over item. Look at the list again.",
  "error.carry.finished": "This carry-over item is finished and cannot change. Add to the duty log instead.",
  "error.carry.not_from_here": "The carry-over item does not allow “{action}” now ({state}). Look at its state first.",
  "error.carry.not_yours": "This carry-over item is {name}’s; “{action}” is not yours. Ask them or the shift leader.",
  "error.log.not_erasable": "This entry cannot be erased: only written entries can, and only once.",
  "error.log.unknown": "There is no such log entry. Refresh and try again.",
  "error.asset.unknown": "There is no such asset. Refresh the map and try again.",
  "error.asset.changed": "This asset was just changed elsewhere and was not overwritten. Look at it as it is now.",
  "error.asset.field": "What was entered does not fit this kind of asset. Check the marked field.",
  "error.file.unknown": "This file is no longer held by the desk. Choose it again.",
  "error.file.too_large":
    "The file has {kb} KB, at most {most} KB can be taken; nothing was changed. Remove pictures and spare sheets, keep only what is to be imported, save it and import again.",
  "error.file.unreadable":
    "The file cannot be read now; nothing was changed. It may be open in Excel or WPS, have been changed or moved, or its USB stick was pulled. Close it and choose it again.",
  "error.file.order": "The file did not arrive in order. Choose it again.",
  "error.export.nothing": "There is nothing to export here. Widen the filters, layers or bounds.",
  "error.export.too_many": "This format holds {most} at most. Narrow it, or take CSV.",
  "error.basemap.unknown": "This basemap is gone. Choose another.",
  "error.basemap.unknown_format": "This is no basemap package. Choose an .mbtiles or .pmtiles file.",
  "error.basemap.broken":
    "The package is broken or not as it should be ({detail}); nothing was taken. Ask for a fresh export.",
  "error.basemap.template":
    "The address must begin with http:// or https:// and hold the gaps z, x and y in braces; the lowest zoom may not exceed the highest.",
  "error.basemap.key": "This address needs a key. Fill in the one of your office.",
  "error.import.busy": "An import is under way. Wait for it, or cancel it first.",
  "error.import.unknown": "This import has ended or was undone. Look at the list of imports.",
  "error.import.not_read": "The file is still being read. Wait until it is.",
  "error.import.system_open":
    "It is not sure which coordinate system these are. Choose one, look at the pins on the map, then import.",
  "error.import.nothing": "No row can be taken. See why under the rows that cannot, then mend the columns or the file.",
  "error.import.empty": "The file is empty or holds headings alone. Choose another.",
  "error.import.broken": "The file is broken or incomplete. Open it in its own program, save a copy and import that.",
  "error.import.protected": "The file has a password. Save a copy without one.",
  "error.import.old_format": "This is an old Excel file (.xls). Save it as .xlsx.",
  "error.import.unknown_format":
    "This kind of file is not known. Take .xlsx, .csv, .txt, .geojson, .kml, .kmz, .gpx or a Shapefile as .zip.",
  "error.import.shape_alone": "A .shp alone is not enough. Put the .shp, .dbf, .prj and .cpg of one name into a .zip.",
  "error.import.no_table": "There is no table in this file: no columns, no headings. Choose another.",
  "error.import.too_large": "The file is too large, or unfolds too large. Split it, or save it as .csv.",
  "error.import.too_large_whole":
    "A file of this kind is read as a whole, up to {most} MB. Split it, or save it as .csv.",
  "error.import.too_many_shapes":
    "One import holds at most {most} lines or areas and {corners} corners. Split the file and import the parts.",
  "error.import.too_many_rows": "More than {most} rows. Split the file.",
  "error.import.too_many_columns": "More than {most} columns. Take out those you do not need.",
  "error.fault.unknown": "There is no such fault record. Refresh and try again.",
  "error.hazard.unknown": "There is no such hazard. Refresh and try again.",
  "error.overlay.unknown": "There is no such battle map; it may have been taken down. Refresh and try again.",
  "error.overlay.changed":
    "A newer version of this battle map was saved elsewhere; nothing was overwritten. Look at it, then draw.",
  "error.overlay.large": "The battle map is too fine: at most {most} corners in all. Make several, or simplify.",
  "error.overlay.corners":
    "The four corners enclose no ground: some coincide, cross, or lie over 1 degree apart. Put them top left, top right, bottom right, bottom left.",
  "error.overlay.picture": "This is no usable picture; it was not put on the map. Choose a JPEG, PNG or WebP.",
  "error.overlay.picture.large":
    "The picture is too large: at most {most} MB and {pixels} ten thousand pixels. Make it smaller first.",
  "error.hazard.due": "The limit must lie ahead, and an extension beyond the present limit. Choose another day.",
  "error.table.changed":
    "Somebody else or the district has just changed this table; nothing was overwritten. Your edits are still here: open it anew, compare, publish again.",
  "error.table.too_large":
    "The table is too large for one change. At most {rows} rows and {kib} KB: shorten it, then publish.",
  "error.table.twice": "Two rows are both “{key}”; nothing was published. Merge them or change one.",
  "error.table.wrong":
    "{count} cells are still wrong; nothing was published. Mend the marked ones, the first is in row {row}.",
  "error.table.not_kept":
    "This desk does not hold the rows of that edition. Type its changes anew, or import a sheet that was exported.",
  "error.table.same": "It is the same as what stands; there is nothing to publish.",
  "error.table.no_heading":
    "The file has no line with the headings of this table; nothing was changed. Check that it is the right file; one line must name: {columns}.",
  "error.table.heading_lacks":
    "Line {row} of “{sheet}” looks like the headings, but lacks: {columns}. Nothing was changed. Write the headings so in the file, save it and import again.",
  "error.table.other_table":
    "The headings of this file are those of “{table}”; nothing was changed. Go to “{table}” first, then import.",
  "error.table.hidden_sheet":
    "The table stands on the hidden sheet “{sheet}”; nothing was changed. Unhide it in Excel or WPS, save the file and import again.",
  "error.table.too_many_rows":
    "The file has {rows} rows, a rule table holds {most} at most; nothing was changed. Take some out and import again.",
  "error.step.not_from_here":
    "It is now “{state}”, so “{action}” is not possible. Someone may just have acted; read the history first.",
  "error.step.missing": "“{action}” lacks something or has too much. Check the marked field.",
  "error.step.too_many": "The history of this record is too long. Finish it and report anew.",
  "error.link.not_enrolled":
    "This desk is not enrolled with the district centre. Everything is saved here; enter address and code on the link screen.",
  "error.link.enrolled": "This desk is already enrolled with the district centre.",
  "error.link.unreachable":
    "The district centre cannot be reached: no network, or no answer. Everything is saved here and is sent when it is back.",
  "error.link.foreign":
    "What answered is not the district centre this desk is enrolled with; sending has stopped. Do not go on; check with the centre.",
  "error.link.code_form":
    "Address or code has the wrong form. The address begins with https://; the code is as the centre gave it.",
  "error.link.code_wrong": "Wrong code. Check it with the district centre.",
  "error.link.code_used":
    "The code was used already or is older than 15 minutes. Ask the district centre for a new one.",
  "error.link.refused_device":
    "The district centre no longer accepts this desk. Everything is still saved here; ask the centre to enrol it again.",
  "error.link.clock":
    "This PC's clock is too far from the district centre's, so it does not accept anything. Set the clock of this PC.",
  "error.link.busy": "The district centre is busy; the desk will try again by itself. Everything is saved here.",
  "error.link.unknown_op": "This item is not in the outbox; it may have been dealt with. Refresh and look again.",
  "error.op.unknown_kind":
    "The district centre does not know this kind of record. It is still saved here; ask the administrator about versions.",
  "error.op.newer": "Some records come from a newer version; they are kept and will be read after an upgrade.",
  "error.op.other_street": "This record belongs to another street and was not used. Tell the administrator.",
  "error.op.author": "The author of this record could not be verified; it was not used. Tell the administrator.",
  "error.op.fork":
    "The district already has another record of this desk under this number: this desk was copied or restored. Compare the record and send it again.",
  "error.core.lost":
    "This window has lost the desk's program and is reconnecting. Whether the last step was done is unknown; check before you repeat it.",
  "error.bug":
    "The program failed and this step was not completed; saved records are not affected. Try again; if it fails again, call the administrator.",
  "error.other":
    "Something happened that has no explanation yet ({id}). Everything is saved here; tell the administrator this line.",
};
