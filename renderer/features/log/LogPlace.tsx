export function LogPlace() {
  return null;
}
