import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { members } from "./accounts";
import { flag } from "./columns";

const member = () =>
  integer()
    .notNull()
    .references(() => members.id, { onDelete: "cascade" });

/** The emails about an account that a person in it switched on or off for themselves. */
export const notificationChoices = sqliteTable(
  "notification_choices",
  {
    account_id: member(),
    person_id: member(),
    /** A key of the list in `delivery/notifications/notification-kinds.ts`, or `digest`. */
    name: text().notNull(),
    is_on: flag().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.account_id, t.person_id, t.name] }),
    index("notification_choices_of_person").on(t.person_id),
  ],
);
