export default {
  "session.who": "Who is on duty",
  "session.nobody": "The list is empty",
  "session.nobody.about": "Nobody has been entered on this desk yet. Ask the administrator.",
  "session.pin": "Sign in",
  "session.pin.label": "Enter your PIN",
  "session.on_duty": "On duty now: {role}",
  "session.erase": "Erase",
  "session.enter": "Sign in: Enter",
  "session.wait": "Wait {seconds} s",
  "session.demo": "Sample desk; everybody's PIN is",
  "session.keys": "Choose with the arrow keys, type the PIN, press Enter.",
};
