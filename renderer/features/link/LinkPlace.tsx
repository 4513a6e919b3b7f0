export function LinkPlace() {
  return null;
}
