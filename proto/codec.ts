/**
 * Records to frames and back. Encoding trusts our own types; decoding trusts nothing: bytes may come
 * from a node in another language, from a broken one, or from a stranger who dialled a wrong port.
 */
import { Reader, Writer } from 'protobufjs/minimal.js';
import {
  checkFinish,
  checkHello,
  checkHold,
  checkLink,
  checkPiece,
  checkRefuse,
  checkRegister,
  checkSigned,
  checkWelcome,
} from './check-control.ts';
import { checkMessage } from './check-message.ts';
import { within } from './generated/message.js';
import { readValue } from './read-value.ts';
import { fault } from './records.ts';
import type { PeerFault, WireRecord } from './records.ts';

/** A whole frame: the length as a varint, then the envelope. A multicast encodes once for all. */
export function encodeFrame(record: WireRecord): Uint8Array {
  // The generated encoder reads the fields it knows, so a record can be its own protobuf message.
  const envelope: within.Envelope.$Properties = { [record.kind]: record };
  return within.Envelope.encode(envelope, Writer.create().fork()).ldelim().finish();
}

/**
 * The record in the bytes of one frame, its length prefix taken off (those of `bytes` from `start` to
 * before `end`), or why it is refused. Never throws and keeps no reference to `bytes`. Fields it does
 * not know are ignored.
 */
export function decodeRecord(
  bytes: Uint8Array,
  start = 0,
  end = bytes.length,
): WireRecord | PeerFault {
  return readValue(bytes, start, end) ?? decodeAnyRecord(bytes.subarray(start, end));
}

/** Without the short cut; it must make no difference. */
export function decodeAnyRecord(bytes: Uint8Array): WireRecord | PeerFault {
  let envelope: DecodedEnvelope;
  try {
    const reader = Reader.create(bytes);
    reader.discardUnknown = true;
    envelope = within.Envelope.decode(reader) as DecodedEnvelope;
  } catch (error) {
    return fault('malformed', `${bytes.length} bytes are no envelope: ${String(error)}`);
  }
  return checkEnvelope(envelope);
}

/** What the decoder makes is narrower than its types: instances, with every default filled in. */
type DecodedEnvelope = {
  readonly [Name in keyof typeof within as Uncapitalize<Name>]: InstanceType<
    (typeof within)[Name]
  > | null;
};

/** At most one field is not null. Of several on the wire the last one wins, as protobuf says. */
function checkEnvelope(envelope: DecodedEnvelope): WireRecord | PeerFault {
  if (envelope.message) return checkMessage(envelope.message);
  if (envelope.hello) return checkHello(envelope.hello);
  if (envelope.register) return checkRegister(envelope.register);
  if (envelope.welcome) return checkWelcome(envelope.welcome);
  if (envelope.refuse) return checkRefuse(envelope.refuse);
  if (envelope.ready) return checkSigned('ready', envelope.ready);
  if (envelope.start) return { kind: 'start' };
  if (envelope.link) return checkLink(envelope.link);
  if (envelope.finish) return checkFinish(envelope.finish);
  if (envelope.done) return checkSigned('done', envelope.done);
  if (envelope.hold) return checkHold(envelope.hold);
  if (envelope.piece) return checkPiece(envelope.piece);
  return fault('no-record', 'an envelope without a record that this version of the wire knows');
}
