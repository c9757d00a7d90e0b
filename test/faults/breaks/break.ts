export interface Break {
  readonly row: number;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly test: string;
}
