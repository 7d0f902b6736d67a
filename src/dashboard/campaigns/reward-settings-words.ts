/** Of a campaign that gives tokens, once its brand may not. */
export const UNLINKED =
  "The reward is a token, and the brand is no longer linked to VNOC. Tokens are earned as before and recorded as pending, until the reward is changed.";
