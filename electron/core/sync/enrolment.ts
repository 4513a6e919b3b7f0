/** What binds this desk to one district centre. Kept whole by the store; `privateKey` never leaves the core. */
export interface Enrolment {
  /** Origin of the district, `https://host:port`, without a path. */
  readonly url: string;
  /** The district's own CA, PEM: the only one that this desk trusts (PR-1). */
  readonly ca: string;
  readonly serverId: string;
  /** Changes when the district was restored from a backup (PR-6). */
  readonly epoch: string;
  readonly districtName: string;
  /** The district's name for this desk. */
  readonly deviceId: string;
  /** Letter of the desk in event numbers. */
  readonly deskLetter: string;
  readonly street: string;
  readonly streetName: string;
  /** Ed25519, PKCS#8 PEM. */
  readonly privateKey: string;
  readonly sample: boolean;
  /** The desk's wall clock. */
  readonly enrolledAt: number;
}

/** What a person gives to enrol: address, the code as the district showed it (or `sample`), and who this desk is. */
export interface EnrolInput {
  readonly url: string;
  readonly code: string;
  readonly deskName: string;
  readonly street: string;
}
