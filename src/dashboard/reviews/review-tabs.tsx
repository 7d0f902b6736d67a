import { Tabs } from "../ui/parts";

const TABS = [
  ["/reviews", "Open"],
  ["/reviews?state=approved", "Approved"],
  ["/reviews?state=denied", "Denied"],
  ["/lists", "Allow and block lists"],
] as const;

/** The queue's states, and the lists that decide before anybody reviews. */
export const ReviewTabs = ({ at }: { at: string }) => <Tabs label="Reviews" tabs={TABS} at={at} />;
