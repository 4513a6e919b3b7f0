export function HandoverPlace() {
  return null;
}
