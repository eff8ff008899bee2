import { ABI_IDS, ABIS, type AbiId } from '../../shared/types/abi.ts';
import type { Decoder } from '../../shared/types/decoder.ts';
import { Fit } from '../../shared/types/fit.ts';
import { Layouts } from '../../shared/types/layout/layouts.ts';
import { TypeFault } from '../../shared/types/limits.ts';
import { entriesOf, entryNamed } from '../../shared/types/listing.ts';
import type { Problem } from '../../shared/types/model.ts';
import { ProtoDecoder } from '../../shared/types/protobuf/proto-decoder.ts';
import { SELF_DESCRIBING } from '../../shared/types/self-describing/forms.ts';
import { StructDecoder } from '../../shared/types/struct/struct-decoder.ts';
import { type PayloadVerdict, payloadVerdict } from '../../shared/types/verdict.ts';
import { isProto, readProtoFiles, readTypes } from './read.ts';

export interface DecoderQuery {
  readonly files: readonly string[];
  readonly type: string;
  readonly abi: AbiId;
  readonly includeDirs: readonly string[];
}

export type FoundDecoder =
  | {
      readonly decoder: Decoder;
      readonly problems: readonly Problem[];
      /** Whether a message was built for another ABI. */
      readonly verdict: (bytes: Uint8Array) => PayloadVerdict | undefined;
    }
  /** None is called like that: those that there are. */
  | { readonly decoder: undefined; readonly names: readonly string[]; readonly problems: readonly Problem[] };

const NO_VERDICT = () => undefined;

/**
 * The decoder of a type that the files declare, or without files of a form that needs none: `msgpack`, `cbor`, `json`.
 * Throws {@link TypeFault} where it can't be laid out.
 */
export async function findDecoder(query: DecoderQuery): Promise<FoundDecoder> {
  if (query.files.length === 0) {
    const decoder = SELF_DESCRIBING[query.type];
    const names = Object.keys(SELF_DESCRIBING);
    return decoder ? { decoder, problems: [], verdict: NO_VERDICT } : { decoder, names, problems: [] };
  }
  return query.files.every(isProto) ? findMessage(query) : findStruct(query);
}

/** By its full name, or the last part of it where only one is called like that. */
function findMessage({ files, type, includeDirs }: DecoderQuery): FoundDecoder {
  const { schema, problems } = readProtoFiles(files, includeDirs);
  const names = [...schema.messages.keys()];
  const same = names.filter((name) => name === type || name.endsWith(`.${type}`));
  const found = names.find((name) => name === type) ?? (same.length === 1 ? same[0] : undefined);
  if (found === undefined) return { decoder: undefined, names, problems };
  return { decoder: new ProtoDecoder(schema, found), problems, verdict: NO_VERDICT };
}

async function findStruct(query: DecoderQuery): Promise<FoundDecoder> {
  const { files, type, abi, includeDirs } = query;
  const { library, problems } = await readTypes(files, { abi, includeDirs });
  const layouts = new Layouts(library);
  const entry = entryNamed(layouts, type);
  if (!entry) return { decoder: undefined, names: entriesOf(layouts).map(({ name }) => name), problems };
  const own = new Fit(layouts, entry.ref);
  const others = await fitsOf(query);
  return {
    decoder: new StructDecoder(layouts, entry.ref),
    problems,
    verdict: (bytes) => payloadVerdict(bytes, own, others),
  };
}

/** Of the other ABIs, those of the same system first: the usual pair is 32-bit and 64-bit. */
async function fitsOf({ files, type, abi, includeDirs }: DecoderQuery): Promise<Fit[]> {
  const isSameSystem = (other: AbiId) => ABIS[other].windows === ABIS[abi].windows;
  const others = ABI_IDS.filter((other) => other !== abi).sort(
    (a, b) => Number(isSameSystem(b)) - Number(isSameSystem(a)),
  );
  const fits: Fit[] = [];
  for (const other of others) {
    const layouts = new Layouts((await readTypes(files, { abi: other, includeDirs })).library);
    const fit = fitOf(layouts, type);
    if (fit) fits.push(fit);
  }
  return fits;
}

/** Undefined where the type is not there under the ABI, or can't be laid out. */
function fitOf(layouts: Layouts, type: string): Fit | undefined {
  const entry = entryNamed(layouts, type);
  try {
    return entry && new Fit(layouts, entry.ref);
  } catch (error) {
    if (error instanceof TypeFault) return undefined;
    throw error;
  }
}
