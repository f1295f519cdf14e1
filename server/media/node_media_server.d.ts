/** The part of node-media-server that speaks RTMP: chunks and commands of a connection. It has no types of its own. */
declare module 'node-media-server/src/protocol/rtmp.js' {
  export interface AvPacket {
    /** 8 sound, 9 picture, 18 data */
    codec_type: number;
    /** Milliseconds. */
    dts: number;
    size: number;
    /** The body of an FLV tag; reused for the next packet, and longer than `size`. */
    data: Buffer;
  }

  export interface Published {
    app: string;
    /** The stream name without its query: the key. */
    name: string;
  }

  export default class Rtmp {
    onConnectCallback: (published: Published) => void;
    onPlayCallback: () => void;
    onPushCallback: () => void;
    onPacketCallback: (packet: AvPacket) => void;
    onOutputCallback: (bytes: Buffer) => void;
    streamId: number;
    /** Chunk streams that are open. */
    inPackets: Map<number, unknown>;
    /** The message that is being read. */
    parserPacket: { header: { length: number } };
    packetAlloc: () => void;
    respondPublish: () => void;
    parserData(bytes: Buffer): string | null;
    sendStatusMessage(stream_id: number, level: string, code: string, description: string): void;
  }
}

declare module 'node-media-server/src/protocol/rtmp_client.js' {
  import type { AvPacket } from 'node-media-server/src/protocol/rtmp.js';

  export default class RtmpClient {
    onCloseCallback: () => void;
    onErrorCallback: (error: Error) => void;
    connect(url: string): Promise<void>;
    sendConnect(): Promise<unknown>;
    sendCreateStream(): Promise<number>;
    sendPublish(name: string): Promise<unknown>;
    sendMetaData(data: object): void;
    sendPacket(packet: AvPacket & { codec_id?: number; flags?: number; pts?: number }): void;
    write(bytes: Buffer): void;
    disconnect(): void;
  }
}
