export const couponsPath = (campaignId: number) => `/campaigns/${campaignId}/coupons`;
