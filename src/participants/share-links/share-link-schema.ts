import { z } from "zod";

export const CodeParam = z.object({ code: z.string().meta({ example: "NDI6Njo3.x1Yz-0aBcDeFgH" }) });
