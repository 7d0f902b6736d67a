import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newCampaign, someone } from "./support/campaign";

/** The database as a Worker far from it sees it: `asked` notes which reads went to the primary and which to a replica. */
function farDatabase({ replicaKnows }: { replicaKnows: boolean }) {
  const asked: string[] = [];
  const withSession = (from: string) => {
    const session = env.DB.withSession(from);
    return {
      prepare: (sql: string) => session.prepare(sql),
      getBookmark: () => session.getBookmark(),
      batch: async (statements: D1PreparedStatement[]) => {
        asked.push(from);
        const results = await session.batch(statements);
        return from === "first-primary" || replicaKnows ? results : results.map((one) => ({ ...one, results: [] }));
      },
    };
  };
  // The Worker opens sessions and nothing else.
  return { asked, DB: { withSession } as unknown as D1Database };
}

describe("a signup far from the database", () => {
  const signUpFrom = async (far: ReturnType<typeof farDatabase>) => {
    const { id, owner } = await newCampaign();
    const body = { campaign_id: id, email: someone(), name: "Ada" };
    // A key that no Worker has seen.
    const { api_key } = (await owner.post("/api/v1/members/api-key", undefined)).data;
    const headers = { "X-API-Key": api_key };
    return owner.call("POST", "/api/v1/signups", body, { headers, env: { DB: far.DB } });
  };

  it("learns whose key it is from the nearest replica: only the ledger goes to the primary", async () => {
    const far = farDatabase({ replicaKnows: true });
    expect((await signUpFrom(far)).status).toBe(201);
    expect(new Set(far.asked)).toEqual(new Set(["first-unconstrained"]));
  });

  it("takes a key that the replica has not heard of yet", async () => {
    const far = farDatabase({ replicaKnows: false });
    expect((await signUpFrom(far)).status).toBe(201);
    expect(far.asked).toContain("first-primary");
  });
});
