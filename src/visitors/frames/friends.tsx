import type { Texts } from "../../texts/text";
import type { Me } from "./me";

type Friend = NonNullable<Me["friends"]>[number];

/** The participant's friends, newest first, with shortened names. The script creates its rows from the template. */
export function Friends({ friends = [], texts }: { friends: Me["friends"]; texts: Texts }) {
  const line = (friend: Friend | null) => (
    <li>
      <bdi class="panel-name" data-friend="name">
        {friend && (friend.name ?? texts.somebody)}
      </bdi>
      <span class="panel-state" data-friend="status">
        {friend && texts[`friend_${friend.status}`]}
      </span>
    </li>
  );
  return (
    <details class="panel-more" data-friends-box hidden={friends.length === 0}>
      <summary>{texts.your_friends}</summary>
      <ul class="panel-leaders" data-list="friends">
        {friends.map(line)}
      </ul>
      <template data-item="friends">{line(null)}</template>
    </details>
  );
}
