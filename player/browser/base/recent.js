// The newest of what has been fetched.

export class Recent extends Map {
  /** It holds so many. */
  constructor(most) {
    super();
    this.most = most;
  }

  /** Remember a value as the newest; what has been there longest goes. */
  keep(key, value) {
    this.delete(key);
    this.set(key, value);
    if (this.size > this.most) this.delete(this.keys().next().value);
  }
}
