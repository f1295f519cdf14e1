export { BattleBar } from './battle_bar.tsx';
export { BattleButton } from './battle_button.tsx';
