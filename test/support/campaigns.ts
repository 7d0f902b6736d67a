import { vi } from "vitest";
import { newDomain, type TestMember } from "./client";

export const newBrand = async (member: TestMember, fields: object = {}): Promise<number> =>
  (await member.post("/api/v1/brands", { url: newDomain(), ...fields })).data.id;

export const newCampaign = async (
  member: TestMember,
  { brand_id, ...fields }: { brand_id?: number; [field: string]: unknown } = {},
) =>
  (
    await member.post("/api/v1/campaigns", {
      name: "Launch",
      brand_id: brand_id ?? (await newBrand(member)),
      ...fields,
    })
  ).data;

/** What a request cost, by the line that it logged. */
export async function costOf(request: () => Promise<unknown>) {
  const spy = vi.spyOn(console, "log");
  try {
    await request();
    const lines = spy.mock.calls.map(([line]) => JSON.parse(String(line)));
    const { d1_calls, rows_read, rows_written } = lines.findLast((line) => line.message === "request");
    return { d1_calls, rows_read, rows_written } as { d1_calls: number; rows_read: number; rows_written: number };
  } finally {
    spy.mockRestore();
  }
}
