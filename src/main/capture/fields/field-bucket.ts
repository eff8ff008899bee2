/** A field's values in one interval; never empty. */
export class FieldBucket {
  count: number;
  least: number;
  most: number;
  sum: number;
  readonly first: number;
  last: number;

  constructor(count: number, least: number, most: number, sum: number, first: number, last: number) {
    this.count = count;
    this.least = least;
    this.most = most;
    this.sum = sum;
    this.first = first;
    this.last = last;
  }

  static of(value: number): FieldBucket {
    return new FieldBucket(1, value, value, value, value, value);
  }

  /** Adds a later value. */
  add(value: number): void {
    this.count++;
    if (value < this.least) this.least = value;
    if (value > this.most) this.most = value;
    this.sum += value;
    this.last = value;
  }
}
