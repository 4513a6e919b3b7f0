export function RosterPlace() {
  return null;
}
