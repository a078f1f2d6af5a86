/** What a client sees of a failed connection: a TypeError, as `fetch` throws it. A host closes the socket. */
export class ConnectionFailed extends TypeError {
  constructor() {
    super('Failed to fetch');
    this.name = 'ConnectionFailed';
  }
}
