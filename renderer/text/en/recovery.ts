export default {
  "recovery.title": "This desk has stopped for recovery",
  "recovery.profile": "Data folder",
  "recovery.version": "Version",
  "recovery.snapshots": "{count} backups to choose from",
  "recovery.about":
    "The newest backup is of {at}. After it is restored, records the district has confirmed come back by themselves.",
  "recovery.kept":
    "Nothing is deleted: the database that cannot be opened is set aside, and the administrator can take from it what had not been sent.",
  "recovery.choose": "Choose a backup",
  "recovery.size": "{size} KB",
  "recovery.restore": "Restore the newest backup",
  "recovery.restore_chosen": "Restore the chosen backup",
  "recovery.busy": "Restoring",
  "recovery.none": "No backup was found",
  "recovery.none.about":
    "Delete nothing in the data folder and ask the administrator to recover the data. Until then write on paper, with the time.",
  "recovery.look_again": "Look again",
};
