/** What other screens use of gifts. */
export type { Receiver } from './data.ts';
export { GiftArt } from './gift_art.tsx';
export { GiftStage } from './gift_stage.tsx';
export { GiftTray } from './gift_tray.tsx';
export { RoomSupport, type Support } from './room_support.tsx';
export { SplitBar } from './split_bar.tsx';
