/** A list of 32-bit words that grows; what a plain array of two million rows would take three times over. */
export class Int32List {
  #words = new Int32Array(8);
  length = 0;

  push(...words: number[]): void {
    if (this.length + words.length > this.#words.length) {
      const wider = new Int32Array(this.#words.length * 2 + words.length);
      wider.set(this.#words);
      this.#words = wider;
    }
    for (const word of words) this.#words[this.length++] = word;
  }

  set(at: number, word: number): void {
    this.#words[at] = word;
  }

  /** The words so far, in the memory of the list: valid until the next push. */
  all(): Int32Array<ArrayBuffer> {
    return this.#words.subarray(0, this.length);
  }
}
