/** Whether the campaign's endpoint is asked before a new reward is given. A campaign without one has no row to read. */
export const IS_ASKED = "EXISTS (SELECT 1 FROM vetoes x WHERE x.campaign_id = ?2 AND x.is_on)";
