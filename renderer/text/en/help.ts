export default {
  "help.title": "Keys",
  "help.everywhere": "Everywhere",
  "help.here": "On this screen",
  "help.always": "Always",
  "help.confirm": "Confirm the form",
  "help.back": "Back; text is never lost",
  "help.next": "To the next field",
  "help.rows": "Move in a list",
  "help.ends": "To the first or last row",
  "help.pages": "A page of rows at once",
  "help.open": "Open what is selected",
};
