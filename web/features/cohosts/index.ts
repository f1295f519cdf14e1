export { CohostPill } from './cohost_pill.tsx';
export { GuestStage } from './guest_stage.tsx';
export { GuestTogether } from './guest_together.tsx';
export { HostTogether } from './host_together.tsx';
export { JoinSheet } from './join_sheet.tsx';
export { TogetherButton } from './together_sheet.tsx';
export { useGuestSide } from './use_guest_side.ts';
export { useHostSide } from './use_host_side.ts';
