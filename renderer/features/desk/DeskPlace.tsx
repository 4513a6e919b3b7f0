export function DeskPlace() {
  return null;
}
